package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Instant;

/** Where a cluster stands now: the value of {@code cluster-states}. */
public record ClusterStatus(ClusterId cluster, ClusterState state, Instant since, long version, String reason,
        Voters voters) {

    public static ClusterStatus of(ClusterTransition transition) {
        return new ClusterStatus(transition.cluster(), transition.to(), transition.at(), transition.version(),
                transition.reason(), transition.voters());
    }
}
