package io.evenkeel.core.health;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The numbers that turn the probe results of one cluster into states. Where each default comes from is in the
 * configuration reference.
 *
 * @param revision hash of the content of all policies; every transition names it
 * @param nodes by role; one for every {@link NodeRole}
 * @param cluster for the cluster as a whole
 * @param staleAfter a vantage that said nothing at all for longer is SILENT and has no vote on the cluster; at least 1 s
 * @param maxLateness failures of a probe that began later than this after its time don't count: the agent is ill
 */
public record HealthPolicy(String revision, Map<NodeRole, NodePolicy> nodes, ClusterPolicy cluster,
        Duration staleAfter, Duration maxLateness) {

    public HealthPolicy {
        nodes = Collections.unmodifiableMap(new EnumMap<>(nodes));
        for (var role : NodeRole.values()) {
            if (!nodes.containsKey(role)) {
                throw new IllegalArgumentException("health lacks the role " + role);
            }
        }
        Checks.stale(staleAfter);
        Checks.notNegative("health.maxLateness", maxLateness);
    }

    /** The defaults, for a probe interval of 30 s and a time-out of 3 s. */
    public static HealthPolicy defaults(String revision) {
        return HealthDefaults.policy(revision);
    }

    public NodePolicy of(NodeRole role) {
        var policy = nodes.get(role);
        if (policy == null) {
            throw new IllegalStateException("every role has a policy, " + role + " has none");
        }
        return policy;
    }

    /** The same numbers under another revision. */
    public HealthPolicy named(String next) {
        return new HealthPolicy(next, nodes, cluster, staleAfter, maxLateness);
    }

    /** Votes needed of the vantages expected for a target: a majority. 2 of 3, 2 of 2, 1 of 1. */
    public static int quorum(int expectedVantages) {
        return expectedVantages / 2 + 1;
    }
}
