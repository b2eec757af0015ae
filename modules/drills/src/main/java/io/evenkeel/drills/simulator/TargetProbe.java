package io.evenkeel.drills.simulator;

import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.drills.simulator.world.Node;
import io.evenkeel.drills.simulator.world.Timeline;
import java.time.Duration;

/** One vantage's probes of one node: each half minute, and at once after a first failure. */
final class TargetProbe extends Timeline.Event {

    static final long INTERVAL = 30_000;

    private static final Duration EVERY = Duration.ofMillis(INTERVAL);
    private static final Duration ANSWER = Duration.ofMillis(5);
    private static final Timing USUAL = new Timing(ANSWER, Duration.ZERO, EVERY);

    private final Agent agent;
    private final Node node;
    private final int target;
    private final HealthPartition partition;
    private final PlainThresholds reference;
    private final Confirming confirming;
    private long counter;
    private int counterBoot;
    private int lostInARow;
    private boolean overdue;

    TargetProbe(Agent agent, Node node, int target, HealthPartition partition, PlainThresholds reference) {
        this.agent = agent;
        this.node = node;
        this.target = target;
        this.partition = partition;
        this.reference = reference;
        this.confirming = new Confirming(agent, node, this::reprobe);
    }

    @Override
    protected void happen() {
        agent.world().timeline().in(INTERVAL, this);
        if (!agent.isRunning() || node.target().phase() == Phase.RETIRED) {
            return;
        }
        if (!agent.isPaused()) {
            probe(Purpose.SCHEDULED, 0, 0);
        } else if (!overdue) {
            overdue = true;
            long due = agent.world().now();
            int boot = agent.boot();
            agent.onResume(() -> {
                overdue = false;
                if (agent.isRunning() && agent.boot() == boot) {
                    probe(Purpose.SCHEDULED, agent.world().now() - due, 0);
                }
            });
        }
    }

    /** The connection that is kept open was dropped: only a process that ends does that. */
    void dropped() {
        if (agent.isRunning() && !agent.isPaused() && !agent.world().network().isCut(agent.number(), node.zone())) {
            confirming.dropped();
        }
    }

    private void reprobe(int round) {
        probe(Purpose.CONFIRMATION, 0, round);
    }

    private void probe(Purpose purpose, long late, int round) {
        var outcome = Sight.of(node, agent);
        long lateness = agent.isStarved() && agent.world().chance().happens(0.8)
                ? agent.world().chance().between(2_100, 10_000)
                : late;
        String incarnation = node.target().incarnation();
        long latency = Sight.latency(outcome);
        if (latency == 0) {
            verdict(purpose, outcome, lateness, incarnation, round);
            return;
        }
        int boot = agent.boot();
        agent.world().timeline().in(latency, () -> later(boot,
                () -> verdict(purpose, outcome, lateness, incarnation, round)));
    }

    private void later(int boot, Runnable verdict) {
        if (agent.isRunning() && agent.boot() == boot) {
            if (agent.isPaused()) {
                agent.onResume(() -> later(boot, verdict));
            } else {
                verdict.run();
            }
        }
    }

    private void verdict(Purpose purpose, Outcome outcome, long lateness, String incarnation, int round) {
        agent.saw(target, !Sight.answered(outcome));
        boolean fine = outcome instanceof Outcome.Success;
        report(purpose, outcome, lateness, incarnation, agent.doubt(target, fine));
        if (purpose == Purpose.SCHEDULED) {
            reference.observe(agent.number(), target, node, fine);
            noteLoss(fine);
            if (outcome instanceof Outcome.Failure(var reason, _)) {
                confirming.failed(reason);
            } else {
                confirming.succeeded();
            }
        } else {
            confirming.answered(round, outcome instanceof Outcome.Failure(var reason, _) ? reason : null);
        }
        if (!fine) {
            agent.world().timeline().note("agent-" + agent.number() + " sees " + node + " "
                    + (outcome instanceof Outcome.Failure(FailureReason reason, _) ? reason : "") + " " + purpose);
        }
    }

    /** Who loses one probe after the other of what is well is no good observer, even if nothing else is wrong. */
    private void noteLoss(boolean fine) {
        lostInARow = fine || node.isIll() ? 0 : lostInARow + 1;
        if (lostInARow > 1) {
            var troubled = agent.world().network().troubled(agent.number());
            troubled.begin(agent.world().now());
            troubled.end(agent.world().now());
        }
    }

    private void report(Purpose purpose, Outcome outcome, long lateness, String incarnation, String doubt) {
        if (counterBoot != agent.boot()) {
            counterBoot = agent.boot();
            counter = 0;
        }
        var source = agent.source(++counter, doubt);
        var latency = Sight.latency(outcome) == 0 ? ANSWER : Duration.ofMillis(Sight.TIMEOUT);
        agent.send(partition, age -> new NodeProbed(node.id(), incarnation, source, purpose, outcome,
                age == 0 && lateness == 0 && latency.equals(ANSWER)
                        ? USUAL
                        : new Timing(latency, Duration.ofMillis(age), EVERY, Duration.ofMillis(lateness))));
    }
}
