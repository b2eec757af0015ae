package io.evenkeel.core.health;

import io.evenkeel.core.cluster.NodeTarget;
import java.time.Instant;
import java.util.List;

/**
 * Why a node stands where it stands, in the numbers that the rules used.
 *
 * @param role which numbers of the policy are its
 * @param state as the rules see it
 * @param cause what its last transition rested on
 * @param flapScore its flaps by now
 * @param quorum votes that decide
 * @param zonesNeeded zones they must come from
 * @param views what each expected vantage says
 * @param lives other evidence; kept only while a probe fails
 * @param evidence results that would stand in a transition now, oldest first
 * @param nextCheck when time alone could change its state, at the earliest; {@link Instant#MAX} when it could not
 * @param policy the numbers
 * @param revision the policy's revision
 */
public record NodeExplanation(NodeTarget target, NodeRole role, NodeState state, Instant since, Cause cause,
        double flapScore, int quorum, int zonesNeeded, List<View> views, List<Life> lives, List<Evidence> evidence,
        Instant nextCheck, NodePolicy policy, String revision) {

    public NodeExplanation {
        views = List.copyOf(views);
        lives = List.copyOf(lives);
        evidence = List.copyOf(evidence);
    }

    /**
     * One vantage.
     *
     * @param vote where it stands
     * @param observedAt its newest result; {@link Instant#EPOCH} when it was never heard
     * @param history its last scheduled results, newest first: {@code OK} or the failure's class
     * @param confirmations re-probes that were refused or reset since the last success
     * @param doubt why its failures don't count now; empty when they do
     * @param threshold that the class of its last failure must meet; empty when there is none
     */
    public record View(Vote vote, Instant observedAt, List<String> history, int confirmations, String doubt,
            String threshold) {
        public View {
            history = List.copyOf(history);
        }
    }
}
