package io.evenkeel.core.alert;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.Sorted;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Voters;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the alert rules go on from.
 *
 * @param open open alerts by subject
 * @param masters states of master-eligible nodes, by {@code cluster/node}
 * @param stall whether partitions of HEALTH stand still
 */
public record AlertState(SortedMap<String, OpenAlert> open, SortedMap<String, NodeState> masters, Stall stall) {

    public AlertState {
        open = Collections.unmodifiableSortedMap(open);
        masters = Collections.unmodifiableSortedMap(masters);
    }

    public static AlertState empty() {
        return new AlertState(new TreeMap<>(), new TreeMap<>(), Stall.none());
    }

    AlertState with(OpenAlert alert) {
        return new AlertState(Sorted.put(open, alert.subject(), alert), masters, stall);
    }

    AlertState without(String subject) {
        return new AlertState(Sorted.without(open, subject), masters, stall);
    }

    AlertState with(NodeTransition transition) {
        if (!transition.target().masterEligible()) {
            return this;
        }
        String node = transition.node().toString();
        var next = switch (transition.to()) {
            case DRAINING, RETIRED -> Sorted.without(masters, node);
            default -> Sorted.put(masters, node, transition.to());
        };
        return new AlertState(open, next, stall);
    }

    AlertState with(Stall next) {
        return new AlertState(open, masters, next);
    }

    Voters voters(NodeId node) {
        var ofCluster = masters.entrySet().stream()
                .filter(entry -> NodeId.parse(entry.getKey()).cluster().equals(node.cluster())).toList();
        int up = (int) ofCluster.stream().filter(entry -> entry.getValue() == NodeState.UP).count();
        return Voters.of(ofCluster.size(), up);
    }
}
