package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Voters;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cluster and its nodes as the newest transitions left them. */
public record ClusterSituation(ClusterId cluster, ClusterState state, Instant since, long version,
        Instant firstFailureAt, SortedMap<String, NodeSituation> nodes) {

    public ClusterSituation {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    static ClusterSituation unknown(ClusterId cluster) {
        return new ClusterSituation(cluster, ClusterState.UNKNOWN, Instant.EPOCH, 0, Instant.EPOCH, new TreeMap<>());
    }

    ClusterSituation with(NodeTransition transition) {
        var next = new TreeMap<>(nodes);
        next.put(transition.node().name(), new NodeSituation(transition.target(), transition.to(), transition.at(),
                transition.version(), transition.firstFailureAt(), transition.cause()));
        return new ClusterSituation(cluster, state, since, version, firstFailureAt, next);
    }

    ClusterSituation with(ClusterTransition transition) {
        return new ClusterSituation(cluster, transition.to(), transition.at(), transition.version(),
                transition.firstFailureAt(), nodes);
    }

    /** Usable and, as a standby, proved: HEALTHY for at least so long. */
    boolean healthyFor(Duration time, Instant now) {
        return state == ClusterState.HEALTHY && !now.isBefore(since.plus(time));
    }

    int dataNodesExpected() {
        return (int) nodes.values().stream().filter(node -> node.expected() && node.target().holdsData()).count();
    }

    int dataNodesUp() {
        return (int) nodes.values().stream()
                .filter(node -> node.state() == NodeState.UP && node.target().holdsData()).count();
    }

    /** The arithmetic of master elections as it stands. */
    public Voters voters() {
        var eligible = nodes.values().stream().filter(node -> node.expected() && node.target().masterEligible())
                .toList();
        int up = (int) eligible.stream().filter(node -> node.state() == NodeState.UP).count();
        return Voters.of(eligible.size(), up);
    }
}
