package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.NodeState;
import java.time.Instant;

/** A node as the newest transition left it. */
public record NodeSituation(NodeTarget target, NodeState state, Instant since, long version, Instant firstFailureAt,
        Cause cause) {

    /** Meant to run: counts in every arithmetic. */
    boolean expected() {
        return state != NodeState.RETIRED && state != NodeState.DRAINING;
    }
}
