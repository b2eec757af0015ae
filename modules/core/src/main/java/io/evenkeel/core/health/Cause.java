package io.evenkeel.core.health;

import java.util.List;

/**
 * What a node's state rests on.
 *
 * @param reasons what the vantages that vote DOWN last saw, without repetition; empty when nothing failed
 * @param confirmed a quorum re-probed at once and was refused each time: the process is gone
 * @param mayFollow the most that a quorum's failures allow by the policy's table of classes
 */
public record Cause(List<FailureReason> reasons, boolean confirmed, Consequence mayFollow) {

    /** Nothing failed. */
    public static final Cause NONE = new Cause(List.of(), false, Consequence.NOTHING);

    public Cause {
        reasons = List.copyOf(reasons);
    }
}
