package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Instant;
import java.util.List;

/**
 * A cluster went from one state to another. Fields as in {@link NodeTransition}.
 *
 * @param ruleError what a rule threw that judged it: then it is UNKNOWN, whatever it was before; else empty
 */
public record ClusterTransition(ClusterId cluster, ClusterState from, ClusterState to, Instant at, long version,
        long previousVersion, Instant firstFailureAt, String reason, Voters voters, List<Vote> votes,
        List<Evidence> evidence, String policyRevision, String ruleError) {

    public ClusterTransition {
        votes = List.copyOf(votes);
        evidence = List.copyOf(evidence);
    }

    /** By rules that did what they should. */
    public ClusterTransition(ClusterId cluster, ClusterState from, ClusterState to, Instant at, long version,
            long previousVersion, Instant firstFailureAt, String reason, Voters voters, List<Vote> votes,
            List<Evidence> evidence, String policyRevision) {
        this(cluster, from, to, at, version, previousVersion, firstFailureAt, reason, voters, votes, evidence,
                policyRevision, "");
    }

    /** It is UNKNOWN because a rule threw; nothing that a rule could say is in it. */
    static ClusterTransition ofRuleError(ClusterHead before, Instant now, String error, String policyRevision) {
        return new ClusterTransition(before.cluster(), before.state(), ClusterState.UNKNOWN, now,
                Versions.next(before.version(), now), before.version(), now, "a rule threw: " + error,
                Voters.of(0, 0), List.of(), List.of(), policyRevision, error);
    }
}
