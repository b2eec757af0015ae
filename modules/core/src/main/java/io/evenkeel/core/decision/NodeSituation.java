package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Vote;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node as the newest transition left it.
 *
 * @param firstFailureAt when the failures began that allow what they allow now; {@code actAfter} runs from then
 * @param votes where the vantages stood; kept while the node is DOWN only
 */
public record NodeSituation(NodeTarget target, NodeState state, Instant since, long version, Instant firstFailureAt,
        Cause cause, List<Vote> votes) {

    public NodeSituation {
        votes = List.copyOf(votes);
    }

    static NodeSituation after(@Nullable NodeSituation before, NodeTransition transition) {
        return new NodeSituation(transition.target(), transition.to(), transition.at(), transition.version(),
                failingSince(before, transition), transition.cause(),
                transition.to() == NodeState.DOWN ? transition.votes() : List.of());
    }

    /** A node that was overloaded for an hour and dies now fails in this way since now. */
    private static Instant failingSince(@Nullable NodeSituation before, NodeTransition transition) {
        if (before == null || !before.bad() || !isBad(transition.to())) {
            return transition.firstFailureAt();
        }
        if (before.growsWorseBy(transition)) {
            return transition.at();
        }
        return before.firstFailureAt.isAfter(transition.firstFailureAt())
                ? before.firstFailureAt
                : transition.firstFailureAt();
    }

    /** It failed before, and fails in a way now that may lead to more: also while other evidence says that it lives. */
    boolean growsWorseBy(NodeTransition transition) {
        return bad() && isBad(transition.to()) && transition.cause().mayFollow().compareTo(cause.mayFollow()) > 0;
    }

    private static boolean isBad(NodeState state) {
        return state == NodeState.DOWN || state == NodeState.UNREACHABLE;
    }

    /** Meant to run: counts in every arithmetic. */
    public boolean expected() {
        return state != NodeState.RETIRED && state != NodeState.DRAINING;
    }

    /** Counts as lost when it is judged how much fails at once. */
    boolean bad() {
        return isBad(state);
    }

    boolean holdsDataUp() {
        return state == NodeState.UP && target.holdsData();
    }
}
