package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Decision.Verdict;
import java.time.Duration;
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
 * @param refused of these, requests that a gate refused right before the call: nothing was called, they use up nothing
 * @param notBefore no next attempt before
 * @param verdict the newest verdict that was recorded
 * @param gate the gate that decided it; empty for ACT
 * @param wouldHaveActed whether it was counted as something that only dry-run kept from being done
 */
public record Fault(String incident, Decision.Action action, ClusterId cluster, String name, Instant openedAt,
        Instant firstFailureAt, long version, int attempts, int refused, Instant notBefore, Verdict verdict,
        String gate, boolean wouldHaveActed) {

    /** 30 s becomes 16 min at the most. */
    private static final int MAX_DOUBLINGS = 5;

    static Fault opened(String incident, Decision.Action action, ClusterId cluster, String name, Instant at,
            Instant firstFailureAt, long version) {
        return new Fault(incident, action, cluster, name, at, firstFailureAt, version, 0, 0, at, Verdict.CLOSED, "",
                false);
    }

    /** Unique among open faults: one failed cluster is a fault for each service that uses it. */
    String key() {
        return incident + "/" + action + "/" + name;
    }

    String subject() {
        return action == Decision.Action.REPLACE_INSTANCE ? cluster + "/" + name : name;
    }

    /** What dry-runs are counted for: the cluster, or the service. */
    String dryRunSubject() {
        return action == Decision.Action.FAIL_OVER ? name : cluster.value();
    }

    /** Whether what happens to this cluster matters to it. */
    boolean concerns(ClusterId other, DecisionPolicy policy) {
        return cluster.equals(other) || (action == Decision.Action.FAIL_OVER && policy.services().stream()
                .anyMatch(service -> service.id().value().equals(name) && service.uses(other)));
    }

    Fault judged(Verdict next, String decidingGate) {
        return new Fault(incident, action, cluster, name, openedAt, firstFailureAt, version, attempts, refused,
                notBefore, next, decidingGate, wouldHaveActed || next == Verdict.DRY_RUN);
    }

    Fault requested() {
        return new Fault(incident, action, cluster, name, openedAt, firstFailureAt, version, attempts + 1, refused,
                notBefore, Verdict.ACT, "", wouldHaveActed);
    }

    /** What failed since then may lead to more than what failed before: the time to act starts anew. */
    Fault worsened(Instant at) {
        return new Fault(incident, action, cluster, name, openedAt, at, version, attempts, refused, notBefore,
                Verdict.CLOSED, "", wouldHaveActed);
    }

    /** The attempt came to nothing: judge again, from that time on. */
    Fault retried(Instant from) {
        return new Fault(incident, action, cluster, name, openedAt, firstFailureAt, version, attempts, refused, from,
                Verdict.CLOSED, "", wouldHaveActed);
    }

    /** A gate said no right before the call: judge again, later each time, for as long as it lasts. */
    Fault refused(Instant now, Duration retryAfter) {
        var pause = retryAfter.multipliedBy(1L << Math.min(refused, MAX_DOUBLINGS));
        return new Fault(incident, action, cluster, name, openedAt, firstFailureAt, version, attempts, refused + 1,
                now.plus(pause), Verdict.CLOSED, "", wouldHaveActed);
    }

    /** Attempts that called something, or may have. */
    int used() {
        return attempts - refused;
    }
}
