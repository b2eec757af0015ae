package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.VantageState;
import io.evenkeel.core.health.VantageTransition;
import io.evenkeel.core.health.Vote;
import io.evenkeel.core.health.Voters;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster and its nodes as the newest transitions left them.
 *
 * @param votes where the vantages stood at the cluster's own newest transition
 * @param vantages by name, as their newest transitions left them
 * @param zones its nodes counted by zone: all clusters' are looked at whenever a node falls
 */
public record ClusterSituation(ClusterId cluster, ClusterState state, Instant since, long version,
        Instant firstFailureAt, List<Vote> votes, SortedMap<String, NodeSituation> nodes,
        SortedMap<String, VantageState> vantages, SortedMap<String, ZoneCount> zones) {

    public ClusterSituation {
        votes = List.copyOf(votes);
        nodes = Collections.unmodifiableSortedMap(nodes);
        vantages = Collections.unmodifiableSortedMap(vantages);
        zones = Collections.unmodifiableSortedMap(zones);
    }

    static ClusterSituation unknown(ClusterId cluster) {
        return new ClusterSituation(cluster, ClusterState.UNKNOWN, Instant.EPOCH, 0, Instant.EPOCH, List.of(),
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    ClusterSituation with(NodeTransition transition) {
        var next = NodeSituation.after(nodes.get(transition.node().name()), transition);
        return new ClusterSituation(cluster, state, since, version, firstFailureAt, votes,
                Sorted.put(nodes, transition.node().name(), next), vantages, counted(next));
    }

    private SortedMap<String, ZoneCount> counted(NodeSituation next) {
        var counts = new TreeMap<>(zones);
        var before = nodes.get(next.target().node().name());
        if (before != null) {
            counts.computeIfPresent(before.target().zone(), (_, count) -> count.without(before));
        }
        counts.merge(next.target().zone(), ZoneCount.NONE.with(next), ZoneCount::plus);
        return counts;
    }

    ClusterSituation with(ClusterTransition transition) {
        return new ClusterSituation(cluster, transition.to(), transition.at(), transition.version(),
                transition.firstFailureAt(), transition.votes(), nodes, vantages, zones);
    }

    ClusterSituation with(VantageTransition transition) {
        return new ClusterSituation(cluster, state, since, version, firstFailureAt, votes, nodes,
                Sorted.put(vantages, transition.vantage().name(), transition.to()), zones);
    }

    /** Usable and, as a standby, proved: HEALTHY for at least so long. */
    boolean healthyFor(Duration time, Instant now) {
        return state == ClusterState.HEALTHY && !now.isBefore(since.plus(time));
    }

    /** The vantages that are to probe it, as the targets of its nodes name them; in the order of their names. */
    public List<Vantage> expectedVantages() {
        var byName = new TreeMap<String, Vantage>();
        nodes.values().stream().filter(NodeSituation::expected).flatMap(node -> node.target().vantages().stream())
                .forEach(vantage -> byName.putIfAbsent(vantage.name(), vantage));
        return List.copyOf(byName.values());
    }

    int dataNodesExpected() {
        return (int) nodes.values().stream().filter(node -> node.expected() && node.target().holdsData()).count();
    }

    /** @param besides names of nodes that are not counted */
    int dataNodesUp(Set<String> besides) {
        return (int) nodes.values().stream().filter(NodeSituation::holdsDataUp)
                .filter(node -> !besides.contains(node.target().node().name())).count();
    }

    /** The arithmetic of master elections as it stands. */
    public Voters voters() {
        var eligible = nodes.values().stream().filter(node -> node.expected() && node.target().masterEligible())
                .toList();
        int up = (int) eligible.stream().filter(node -> node.state() == NodeState.UP).count();
        return Voters.of(eligible.size(), up);
    }
}
