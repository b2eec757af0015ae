package io.evenkeel.drills.simulator;

import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.drills.simulator.world.Chance;
import io.evenkeel.drills.simulator.world.Node;

/** What an agent sees of a node in one probe, and how long it takes to see it. */
final class Sight {

    static final long TIMEOUT = 3_000;

    private static final Outcome HEALTHY = new Outcome.Success();

    private Sight() {}

    static Outcome of(Node node, Agent agent) {
        var chance = agent.world().chance();
        var network = agent.world().network();
        if (network.loses(agent.number(), node.zone(), chance)) {
            return failure(lost(chance));
        }
        if (agent.isStarved() && chance.happens(0.8)) {
            return failure(FailureReason.READ_TIMEOUT);
        }
        if (network.isCut(agent.number(), node.zone()) || node.isCutOff()
                || !node.target().incarnation().equals(node.instance())) {
            return failure(FailureReason.CONNECT_TIMEOUT);
        }
        return switch (node.process()) {
            case KILLED -> failure(FailureReason.CONNECT_REFUSED);
            case FROZEN -> failure(FailureReason.READ_TIMEOUT);
            case HOST_GONE -> failure(FailureReason.CONNECT_TIMEOUT);
            case RUNNING -> node.isOverloaded() && chance.happens(0.8) ? failure(FailureReason.OVERLOADED) : HEALTHY;
        };
    }

    private static FailureReason lost(Chance chance) {
        int kind = chance.below(20);
        if (kind < 14) {
            return FailureReason.CONNECT_TIMEOUT;
        }
        return kind < 17 ? FailureReason.READ_TIMEOUT : kind < 19 ? FailureReason.RESET : FailureReason.CONNECT_REFUSED;
    }

    private static Outcome failure(FailureReason reason) {
        return new Outcome.Failure(reason, "");
    }

    /** Milliseconds until the verdict. */
    static long latency(Outcome outcome) {
        return outcome instanceof Outcome.Failure(var reason, _)
                && (reason == FailureReason.CONNECT_TIMEOUT || reason == FailureReason.READ_TIMEOUT) ? TIMEOUT : 0;
    }

    /** Whether the node spoke for itself, whatever it said. */
    static boolean answered(Outcome outcome) {
        return !(outcome instanceof Outcome.Failure(var reason, _)) || reason == FailureReason.OVERLOADED;
    }
}
