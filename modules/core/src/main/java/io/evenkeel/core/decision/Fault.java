package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Decision.Verdict;
import java.time.Instant;

/**
 * Something that is broken and for which an action is thought about until it is over.
 *
 * @param incident its incident
 * @param action the action thought about
 * @param cluster the cluster that it happened in
 * @param name the node's name, or the service's id
 * @param openedAt when the transition said so
 * @param firstFailureAt when it began
 * @param version version of the transition
 * @param attempts requests made so far
 * @param notBefore no next attempt before
 * @param verdict the newest verdict that was recorded
 * @param gate the gate that decided it; empty for ACT and DRY_RUN
 */
public record Fault(String incident, Decision.Action action, ClusterId cluster, String name, Instant openedAt,
        Instant firstFailureAt, long version, int attempts, Instant notBefore, Verdict verdict, String gate) {

    static Fault opened(String incident, Decision.Action action, ClusterId cluster, String name, Instant at,
            Instant firstFailureAt, long version) {
        return new Fault(incident, action, cluster, name, at, firstFailureAt, version, 0, at, Verdict.CLOSED, "");
    }

    /** Unique among open faults: one failed cluster is a fault for each service that uses it. */
    String key() {
        return incident + "/" + action + "/" + name;
    }

    String subject() {
        return action == Decision.Action.REPLACE_INSTANCE ? cluster + "/" + name : name;
    }

    Fault judged(Verdict next, String decidingGate) {
        return new Fault(incident, action, cluster, name, openedAt, firstFailureAt, version, attempts, notBefore, next,
                decidingGate);
    }

    Fault requested() {
        return new Fault(incident, action, cluster, name, openedAt, firstFailureAt, version, attempts + 1, notBefore,
                Verdict.ACT, "");
    }

    /** The attempt came to nothing: judge again, from that time on. */
    Fault retried(Instant from) {
        return new Fault(incident, action, cluster, name, openedAt, firstFailureAt, version, attempts, from,
                Verdict.CLOSED, "");
    }
}
