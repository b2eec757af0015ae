package io.evenkeel.drills.simulator;

import io.evenkeel.core.health.FailureReason;
import io.evenkeel.drills.simulator.world.Node;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * When one vantage looks again at once at one node. A model of the probe module's Spell and Round: after a refusal, a
 * reset or a dropped connection at 0, 250 and 500 ms, else at 1, 2 and 3 s, one round of each kind for each spell of
 * failures, until one is healthy.
 */
final class Confirming {

    private static final int PROBES = 3;

    private final Agent agent;
    private final Node node;
    private final IntConsumer reprobe;
    private Cadence asked = Cadence.NONE;
    private boolean failing;
    private int round;
    private boolean running;
    private Cadence cadence = Cadence.NONE;
    private boolean afterDrop;
    private boolean anyFailure;
    private int made;
    private long from;
    private String instance = "";
    private int boot;

    /** In growing order of urgency. */
    private enum Cadence {
        NONE(0, 0), UNHURRIED(1_000, 1_000), PROMPT(0, 250);

        private final long first;
        private final long distance;

        Cadence(long first, long distance) {
            this.first = first;
            this.distance = distance;
        }

        static Cadence after(FailureReason reason) {
            return reason == FailureReason.CONNECT_REFUSED || reason == FailureReason.RESET ? PROMPT : UNHURRIED;
        }
    }

    /** @param reprobe asks once more; takes the number of the round it is for */
    Confirming(Agent agent, Node node, IntConsumer reprobe) {
        this.agent = agent;
        this.node = node;
        this.reprobe = reprobe;
    }

    void failed(FailureReason reason) {
        forgetThePast();
        failing = true;
        var next = Cadence.after(reason);
        if (!running && asked.compareTo(next) < 0) {
            asked = next;
            begin(next, false);
        }
    }

    void succeeded() {
        forgetThePast();
        failing = false;
        asked = Cadence.NONE;
    }

    void dropped() {
        forgetThePast();
        if (!running && !(failing && asked == Cadence.PROMPT)) {
            begin(Cadence.PROMPT, true);
        }
    }

    /** Another instance, or another run of the agent, begins anew. */
    private void forgetThePast() {
        if (boot != agent.boot() || !instance.equals(node.target().incarnation())) {
            boot = agent.boot();
            instance = node.target().incarnation();
            running = false;
            failing = false;
            asked = Cadence.NONE;
        }
    }

    private void begin(Cadence next, boolean drop) {
        running = true;
        round++;
        cadence = next;
        afterDrop = drop;
        anyFailure = false;
        made = 0;
        from = agent.world().now();
        plan();
    }

    private void plan() {
        int planned = round;
        int begun = boot;
        long at = from + cadence.first + made * cadence.distance;
        agent.world().timeline().in(at - agent.world().now(), () -> {
            if (running && round == planned && agent.isRunning() && agent.boot() == begun && !agent.isPaused()) {
                reprobe.accept(planned);
            } else if (round == planned) {
                running = false;
            }
        });
    }

    /** @param reason null when it was healthy */
    void answered(int ofRound, @Nullable FailureReason reason) {
        if (!running || ofRound != round) {
            return;
        }
        if (reason == null) {
            running = false;
            failing = false;
            return;
        }
        var seen = Cadence.after(reason);
        if (afterDrop && !anyFailure && seen == Cadence.UNHURRIED) {
            cadence = seen;
            from = agent.world().now();
        } else if (seen.compareTo(cadence) > 0) {
            cadence = seen;
            from = agent.world().now();
            made = 1;
        } else {
            made++;
        }
        anyFailure = true;
        failing = true;
        asked = cadence;
        if (made < PROBES) {
            plan();
        } else {
            running = false;
        }
    }
}
