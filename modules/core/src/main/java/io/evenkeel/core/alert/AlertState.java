package io.evenkeel.core.alert;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Voters;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the alert rules go on from.
 *
 * @param open open alerts by subject
 * @param masters states of master-eligible nodes, by {@code cluster/node}
 * @param silences of people, by their keys
 */
public record AlertState(SortedMap<String, OpenAlert> open, SortedMap<String, NodeState> masters,
        SortedMap<String, Intent> silences) {

    public AlertState {
        open = Collections.unmodifiableSortedMap(open);
        masters = Collections.unmodifiableSortedMap(masters);
        silences = Collections.unmodifiableSortedMap(silences);
    }

    public static AlertState empty() {
        return new AlertState(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    AlertState with(OpenAlert alert) {
        var next = new TreeMap<>(open);
        next.put(alert.subject(), alert);
        return new AlertState(next, masters, silences);
    }

    AlertState without(String subject) {
        var next = new TreeMap<>(open);
        next.remove(subject);
        return new AlertState(next, masters, silences);
    }

    AlertState with(NodeTransition transition) {
        if (!transition.target().masterEligible()) {
            return this;
        }
        var next = new TreeMap<>(masters);
        switch (transition.to()) {
            case DRAINING, RETIRED -> next.remove(transition.node().toString());
            default -> next.put(transition.node().toString(), transition.to());
        }
        return new AlertState(open, next, silences);
    }

    AlertState with(Intent silence) {
        var next = new TreeMap<>(silences);
        next.put(silence.key(), silence);
        return new AlertState(open, masters, next);
    }

    AlertState withoutSilence(String key) {
        if (!silences.containsKey(key)) {
            return this;
        }
        var next = new TreeMap<>(silences);
        next.remove(key);
        return new AlertState(open, masters, next);
    }

    boolean isSilenced(String subject, Instant now) {
        return silences.values().stream().anyMatch(silence -> silence.activeAt(now) && silence.silences(subject));
    }

    Voters voters(NodeId node) {
        var ofCluster = masters.entrySet().stream()
                .filter(entry -> NodeId.parse(entry.getKey()).cluster().equals(node.cluster())).toList();
        int up = (int) ofCluster.stream().filter(entry -> entry.getValue() == NodeState.UP).count();
        return Voters.of(ofCluster.size(), up);
    }
}
