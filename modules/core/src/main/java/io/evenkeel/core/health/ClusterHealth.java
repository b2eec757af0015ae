package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is remembered of one cluster and its nodes: the state that the health rules go on from.
 *
 * @param vantages the vantages expected to probe the cluster; empty until it is expected
 * @param state where the cluster stands
 * @param version version of its last transition, 0 before the first
 * @param tallies by vantage name
 * @param nodes by node name
 */
public record ClusterHealth(ClusterId cluster, List<Vantage> vantages, ClusterState state, Instant since, long version,
        SortedMap<String, ClusterTally> tallies, SortedMap<String, NodeHealth> nodes) {

    public ClusterHealth {
        vantages = List.copyOf(vantages);
        tallies = Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /** A cluster that nothing is known of yet. */
    public static ClusterHealth unknown(ClusterId cluster) {
        return new ClusterHealth(cluster, List.of(), ClusterState.UNKNOWN, Instant.EPOCH, 0, new TreeMap<>(),
                new TreeMap<>());
    }

    ClusterHealth with(List<Vantage> next) {
        return new ClusterHealth(cluster, next, state, since, version, tallies, nodes);
    }

    ClusterHealth with(String vantage, ClusterTally tally) {
        var next = new TreeMap<>(tallies);
        next.put(vantage, tally);
        return new ClusterHealth(cluster, vantages, state, since, version, next, nodes);
    }

    ClusterHealth with(NodeHealth node) {
        var next = new TreeMap<>(nodes);
        next.put(node.target().node().name(), node);
        return new ClusterHealth(cluster, vantages, state, since, version, tallies, next);
    }

    ClusterHealth without(String node) {
        var next = new TreeMap<>(nodes);
        next.remove(node);
        return new ClusterHealth(cluster, vantages, state, since, version, tallies, next);
    }

    ClusterHealth moved(ClusterState next, Instant at, long nextVersion) {
        return new ClusterHealth(cluster, vantages, next, at, nextVersion, tallies, nodes);
    }

    Voters voters() {
        int expected = 0;
        int up = 0;
        for (var node : nodes.values()) {
            if (node.target().masterEligible() && node.state() != NodeState.RETIRED
                    && node.state() != NodeState.DRAINING) {
                expected++;
                up += node.state() == NodeState.UP ? 1 : 0;
            }
        }
        return Voters.of(expected, up);
    }
}
