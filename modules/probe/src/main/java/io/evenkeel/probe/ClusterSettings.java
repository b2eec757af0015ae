package io.evenkeel.probe;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.NodeRole;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.http.Access;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A cluster to watch.
 *
 * @param clusterName the {@code cluster.name} that nodes must answer with; empty accepts any
 * @param discovery where its nodes are found
 * @param canaryIndex index or alias that the canary query searches
 * @param pace of its probes
 * @param roles of the probes of nodes of one role, where it differs
 * @param vantages all vantages expected to watch it, this agent's among them or not
 * @param access how to be let in
 */
public record ClusterSettings(ClusterId cluster, String clusterName, DiscoverySettings discovery, String canaryIndex,
        ProbePace pace, Map<NodeRole, ProbePace> roles, List<Vantage> vantages, Access access) {

    public ClusterSettings {
        vantages = List.copyOf(vantages);
        roles = Map.copyOf(roles);
        if (vantages.isEmpty()) {
            throw new IllegalArgumentException("cluster " + cluster + " needs at least one vantage");
        }
        if (canaryIndex.isBlank()) {
            throw new IllegalArgumentException("cluster " + cluster + " needs a canary index");
        }
    }

    /** All of it at the same pace. */
    public ClusterSettings(ClusterId cluster, String clusterName, DiscoverySettings discovery, String canaryIndex,
            ProbePace pace, List<Vantage> vantages, Access access) {
        this(cluster, clusterName, discovery, canaryIndex, pace, Map.of(), vantages, access);
    }

    /** The pace of a node's probes. */
    public ProbePace paceOf(NodeTarget node) {
        return roles.getOrDefault(NodeRole.of(node), pace);
    }

    /** The longest that a probe here may take. */
    Duration longestTimeout() {
        return Stream.concat(Stream.of(pace), roles.values().stream()).map(ProbePace::timeout).max(Duration::compareTo)
                .orElse(pace.timeout());
    }
}
