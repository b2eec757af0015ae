package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Instant;
import java.util.List;

/** A cluster went from one state to another. Fields as in {@link NodeTransition}. */
public record ClusterTransition(ClusterId cluster, ClusterState from, ClusterState to, Instant at, long version,
        long previousVersion, Instant firstFailureAt, String reason, Voters voters, List<Vote> votes,
        List<Evidence> evidence, String policyRevision) {

    public ClusterTransition {
        votes = List.copyOf(votes);
        evidence = List.copyOf(evidence);
    }
}
