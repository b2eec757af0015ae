package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.Vote;
import java.time.Instant;
import java.util.List;

/**
 * A node as the newest transition left it.
 *
 * @param votes where the vantages stood; kept while the node is DOWN only
 */
public record NodeSituation(NodeTarget target, NodeState state, Instant since, long version, Instant firstFailureAt,
        Cause cause, List<Vote> votes) {

    public NodeSituation {
        votes = List.copyOf(votes);
    }

    /** Meant to run: counts in every arithmetic. */
    boolean expected() {
        return state != NodeState.RETIRED && state != NodeState.DRAINING;
    }

    /** Counts as lost when it is judged how much fails at once. */
    boolean bad() {
        return state == NodeState.DOWN || state == NodeState.UNREACHABLE;
    }

    boolean holdsDataUp() {
        return state == NodeState.UP && target.holdsData();
    }
}
