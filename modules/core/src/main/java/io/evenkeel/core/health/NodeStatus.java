package io.evenkeel.core.health;

import io.evenkeel.core.cluster.NodeTarget;
import java.time.Instant;

/** Where a node stands now: the value of {@code node-states}. Bootstrap from these, then follow the transitions. */
public record NodeStatus(NodeTarget target, NodeState state, Instant since, long version, Cause cause,
        String reason) {

    public static NodeStatus of(NodeTransition transition) {
        return new NodeStatus(transition.target(), transition.to(), transition.at(), transition.version(),
                transition.cause(),
                transition.reason());
    }
}
