package io.evenkeel.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.health.NodeState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A test's own book of what fails together and what a person has said of it, from what was told and decided. */
final class StormBook {

    private static final Set<NodeState> BAD = EnumSet.of(NodeState.DOWN, NodeState.UNREACHABLE);

    private final DecisionWorld world;
    private final Map<NodeId, NodeState> told = new HashMap<>();
    private final Map<ClusterId, Set<NodeId>> lookedAt = new HashMap<>();
    private int allowed;

    StormBook(DecisionWorld world) {
        this.world = world;
    }

    void node(ClusterId cluster, String zone, String name, NodeState to) {
        var node = new NodeId(cluster, name);
        told.put(node, to);
        if (to == NodeState.UP) {
            lookedAt.computeIfAbsent(cluster, _ -> new HashSet<>()).remove(node);
        }
        world.node(cluster, zone, name, to);
    }

    /** Of the storm that is open there, if there is one. */
    void acknowledge(ClusterId cluster) {
        var newest = newest(cluster);
        if (newest.verdict() == Verdict.ACT) {
            var bad = new HashMap<>(told);
            bad.entrySet().removeIf(entry -> !entry.getKey().cluster().equals(cluster)
                    || !BAD.contains(entry.getValue()));
            lookedAt.put(cluster, new HashSet<>(bad.keySet()));
            world.order(Order.Kind.ACKNOWLEDGE, newest.incident());
        }
    }

    private Decision newest(ClusterId cluster) {
        return world.decisions.stream().filter(decision -> decision.action() == Action.FREEZE
                && decision.subject().equals(cluster + "/*")).reduce((_, next) -> next)
                .orElseGet(() -> new Decision("", cluster + "/*", Action.FREEZE, Verdict.CLOSED, "", List.of(),
                        "", world.now, world.now, 0, ""));
    }

    void isAllowed(NodeId node) {
        assertThat(newest(node.cluster()).verdict()).as("a storm that nobody has looked at")
                .isEqualTo(Verdict.CLOSED);
        var missing = new HashSet<NodeId>();
        told.forEach((other, state) -> {
            if (other.cluster().equals(node.cluster()) && !other.equals(node) && state != NodeState.UP) {
                missing.add(other);
            }
        });
        if (!missing.isEmpty()) {
            var looked = lookedAt.getOrDefault(node.cluster(), Set.of());
            assertThat(looked).as("a person has said go on about %s and %s", node, missing).contains(node)
                    .containsAll(missing);
            allowed++;
        }
    }

    /** How often others were missing. */
    int allowed() {
        return allowed;
    }
}
