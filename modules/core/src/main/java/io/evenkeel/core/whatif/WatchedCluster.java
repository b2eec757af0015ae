package io.evenkeel.core.whatif;

import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.ClusterSituation;
import io.evenkeel.core.decision.NodeSituation;
import io.evenkeel.core.health.ClusterHealth;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.HealthOutput;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.Moment;
import io.evenkeel.core.health.NodePolicy;
import io.evenkeel.core.health.NodeRole;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.core.health.VantageState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A cluster as its vantages would report it, judged by HEALTH's own rules. Before the loss they report what DECISION
 * knows, afterwards the loss as well; a vantage that has no vote now reports nothing.
 */
final class WatchedCluster {

    /** Rules remember 16 results of a vantage: one more leaves nothing of before. */
    private static final int ROUNDS_BEFORE = 17;
    private static final Outcome HEALTHY = new Outcome.Success();
    private static final Outcome REFUSED = new Outcome.Failure(FailureReason.CONNECT_REFUSED, "assumed");

    private final LostCluster cluster;
    private final HealthPolicy policy;
    private final Duration interval;
    private final ClusterHealth health;
    private final List<Vantage> speaking;
    private final List<HealthOutput> told = new ArrayList<>();
    private Moment moment = Moment.NONE;
    private long counter;
    private long lookDue;

    WatchedCluster(LostCluster cluster, HealthPolicy policy, Duration interval) {
        this.cluster = cluster;
        this.policy = policy;
        this.interval = interval;
        health = new ClusterHealth(situation().cluster());
        speaking = situation().expectedVantages().stream().filter(vantage -> situation().vantages()
                .getOrDefault(vantage.name(), VantageState.VOTING) == VantageState.VOTING).toList();
    }

    private ClusterSituation situation() {
        return cluster.situation();
    }

    LostCluster lost() {
        return cluster;
    }

    /** Brings the rules to where they stand, by what the vantages must have reported up to now. */
    void recall(Instant now) {
        var first = now.minus(interval.multipliedBy(ROUNDS_BEFORE)).minus(longestGrace());
        apply(first, new HealthInput.ClusterExpected(situation().cluster(), situation().expectedVantages()));
        cluster.nodes().forEach(node -> apply(first, new HealthInput.NodeExpected(node.target())));
        for (int round = ROUNDS_BEFORE - 1; round >= 0; round--) {
            var at = now.minus(interval.multipliedBy(round));
            speaking.forEach(vantage -> look(at, vantage, false));
        }
        told.clear();
    }

    private Duration longestGrace() {
        return policy.nodes().values().stream().map(NodePolicy::startupGrace).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * Time goes on.
     *
     * @param since seconds since the loss, from 0 on
     */
    List<HealthOutput> moment(Instant now, long since) {
        if (since >= lookDue) {
            lookDue = since + Math.max(1, interval.toSeconds());
            left().forEach(vantage -> look(now, vantage, true));
        }
        if (since == 1) {
            left().forEach(vantage -> confirm(now, vantage));
        }
        apply(now, new HealthInput.Ticked());
        var outputs = List.copyOf(told);
        told.clear();
        return outputs;
    }

    /** An agent is left that can read facts, and a master that can tell them. */
    boolean canBeRead() {
        return !left().isEmpty() && cluster.hasMaster(true);
    }

    private Collection<Vantage> left() {
        return speaking.stream().filter(vantage -> !cluster.loss().takes(vantage)).toList();
    }

    private void look(Instant now, Vantage vantage, boolean lost) {
        for (var node : cluster.nodes()) {
            apply(now, probed(vantage, node, Purpose.SCHEDULED, cluster.answers(node, lost) ? HEALTHY : REFUSED));
        }
        apply(now, new HealthInput.Probed(new ProbeResult.ClusterProbed(situation().cluster(), source(vantage),
                cluster.view(lost), timing())));
    }

    /** As agents do after a first failure: refused each time. */
    private void confirm(Instant now, Vantage vantage) {
        for (var node : cluster.nodes()) {
            int times = cluster.loss().takes(node.target().node())
                    ? policy.of(NodeRole.of(node.target())).confirmations()
                    : 0;
            for (int time = 0; time < times; time++) {
                apply(now, probed(vantage, node, Purpose.CONFIRMATION, REFUSED));
            }
        }
    }

    private HealthInput probed(Vantage vantage, NodeSituation node, Purpose purpose, Outcome outcome) {
        return new HealthInput.Probed(new ProbeResult.NodeProbed(node.target().node(), node.target().incarnation(),
                source(vantage), purpose, outcome, timing()));
    }

    private ProbeSource source(Vantage vantage) {
        return new ProbeSource(vantage.name(), vantage.zone(), "what-if", "what-if", ++counter);
    }

    private ProbeResult.Timing timing() {
        return new ProbeResult.Timing(Duration.ZERO, Duration.ZERO, interval);
    }

    private void apply(Instant now, HealthInput input) {
        moment = moment.next(now);
        told.addAll(health.apply(policy, input, moment).outputs());
    }
}
