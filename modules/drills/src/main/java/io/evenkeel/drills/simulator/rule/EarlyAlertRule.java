package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Rule 10: alert early, act later. Whoever goes DOWN has an alert as soon as ALERT hears of it; and while DECISION knows
 * a node as DOWN, a fault of it is open or a request in flight, whatever was held and released meanwhile.
 */
final class EarlyAlertRule extends Rule {

    private static final Set<NodeState> BAD_NODE = EnumSet.of(NodeState.DOWN, NodeState.UNREACHABLE,
            NodeState.FLAPPING, NodeState.UNKNOWN);
    private static final Set<ClusterState> BAD_CLUSTER = EnumSet.of(ClusterState.FAILED, ClusterState.QUORUM_LOST,
            ClusterState.DEGRADED, ClusterState.UNKNOWN);

    private final Set<String> firing = new HashSet<>();
    private final Map<NodeId, Long> versions = new HashMap<>();
    private final Set<NodeId> down = new HashSet<>();

    EarlyAlertRule() {
        super(10, "alert early, act later; nothing pending is lost");
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.Alerted(var alert) -> {
                if (alert.status() == Alert.Status.FIRING) {
                    firing.add(alert.subject());
                } else {
                    firing.remove(alert.subject());
                }
            }
            case Happening.AlertsJudged(var input, _) -> input.ifPresent(this::judged);
            case Happening.Told(DecisionInput.NodeChanged(var transition)) -> {
                if (versions.getOrDefault(transition.node(), 0L) < transition.version()) {
                    versions.put(transition.node(), transition.version());
                    var _ = transition.to() == NodeState.DOWN
                            ? down.add(transition.node())
                            : down.remove(transition.node());
                }
            }
            case Happening.DecisionKept(var state) -> down.stream().filter(node -> !isPending(node, state))
                    .forEach(node -> breached(node + " is DOWN, and no fault of it is open"));
            default -> {
                // Nothing to tell.
            }
        }
    }

    private void judged(DecisionInput input) {
        switch (input) {
            case DecisionInput.NodeChanged(var transition) -> require(
                    !BAD_NODE.contains(transition.to()) || firing.contains(transition.node().toString()),
                    transition.node() + " is " + transition.to() + ", and nobody was told");
            case DecisionInput.ClusterChanged(var transition) -> require(
                    !BAD_CLUSTER.contains(transition.to()) || firing.contains(transition.cluster().value()),
                    transition.cluster() + " is " + transition.to() + ", and nobody was told");
            default -> {
                // Nobody needs to know.
            }
        }
    }

    private static boolean isPending(NodeId node, DecisionState state) {
        return state.faults().values().stream()
                .anyMatch(fault -> fault.cluster().equals(node.cluster()) && fault.name().equals(node.name()));
    }
}
