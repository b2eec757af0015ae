package io.evenkeel.core.health;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import java.time.Instant;
import java.util.List;

/**
 * A node went from one state to another.
 *
 * @param target the node as it was expected at the time
 * @param at append time of the record that caused it
 * @param version max(previous + 1, append time in µs), per node: grows without a gap in order, survives loss of state
 * @param previousVersion the version before, 0 at the first: a reader that sees another one has missed something
 * @param firstFailureAt when the failures that led here became a quorum's, or began while they are none; equals
 *     {@code at} where nothing failed
 * @param cause what was seen and what may follow; a node that is DOWN goes from DOWN to DOWN when that changes
 * @param reason one line for people
 * @param votes where each expected vantage stood
 * @param evidence at most 20 results that it rests on, oldest first
 * @param policyRevision the policy it was made with
 */
public record NodeTransition(NodeTarget target, NodeState from, NodeState to, Instant at, long version,
        long previousVersion, Instant firstFailureAt, Cause cause, String reason, List<Vote> votes,
        List<Evidence> evidence,
        String policyRevision) {

    public NodeTransition {
        votes = List.copyOf(votes);
        evidence = List.copyOf(evidence);
    }

    public NodeId node() {
        return target.node();
    }
}
