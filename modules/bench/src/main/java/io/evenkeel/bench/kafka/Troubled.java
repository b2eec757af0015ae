package io.evenkeel.bench.kafka;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Voters;
import java.time.Instant;
import java.util.List;

/** Transitions as HEALTH would write them. */
final class Troubled {

    private Troubled() {}

    static ClusterTransition failed(String cluster) {
        return cluster(cluster, ClusterState.HEALTHY, ClusterState.FAILED, 1);
    }

    static ClusterTransition healthy(String cluster) {
        return cluster(cluster, ClusterState.FAILED, ClusterState.HEALTHY, 2);
    }

    private static ClusterTransition cluster(String name, ClusterState from, ClusterState to, long version) {
        var now = Instant.now();
        return new ClusterTransition(new ClusterId(name), from, to, now, version, version - 1, now, "measured",
                Voters.of(3, 0), List.of(), List.of(), "bench");
    }

    /** A data node that is DOWN, in a zone a, b or c. */
    static NodeTransition down(String cluster, int number) {
        var now = Instant.now();
        var zone = "eu-west-1" + (char) ('a' + number % 3);
        var target = new NodeTarget(new NodeId(new ClusterId(cluster), "node-" + number), "i-" + number,
                "http://127.0.0.1:1", zone, List.of("data"), "", List.of(new Vantage("vantage-a", zone)),
                NodeTarget.Phase.EXPECTED);
        return new NodeTransition(target, NodeState.SUSPECT, NodeState.DOWN, now, 1, 0, now,
                new Cause(List.of(FailureReason.CONNECT_REFUSED), true, Consequence.REPLACE), "measured",
                List.of(), List.of(), "bench");
    }
}
