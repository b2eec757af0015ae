package io.evenkeel.actions;

import io.evenkeel.core.cluster.ClusterId;

/**
 * Moves one service's traffic between its clusters. Calls block up to the adapter's call time-out and return their
 * failures; they never throw for what AWS can say.
 */
public interface TrafficSwitch {

    /** Where traffic is pointed now, as seen from the wanted {@code to}. */
    Position position(ClusterId to);

    /** Points traffic at {@code to}. Doing it twice is harmless. */
    Switching switchTo(ClusterId to);

    /** Whether an accepted switch is in effect at the authority; says nothing about resolvers' caches. */
    Verification verify(ClusterId to, Switching.Switched accepted);

    /** Where traffic is pointed. */
    sealed interface Position permits Position.OnTarget, Position.Elsewhere, Position.Unclear, CallFailure {

        record OnTarget(String detail) implements Position {}

        record Elsewhere(String detail) implements Position {}

        /** What was found is not what the strategy needs: switching it could do anything. */
        record Unclear(String detail) implements Position {}
    }

    /** What came of switching. */
    sealed interface Switching permits Switching.Switched, Switching.Unclear, CallFailure {

        /**
         * AWS took the change.
         *
         * @param changeId what to ask for when verifying; empty when the strategy has no such id
         * @param undo how to take it back, for people
         */
        record Switched(String changeId, String undo) implements Switching {}

        /** Somebody else keeps changing it, or it is not what the strategy needs; nothing was done. */
        record Unclear(String detail) implements Switching {}
    }

    /** Whether the switch is in effect. */
    sealed interface Verification
            permits Verification.InEffect, Verification.NotYet, Verification.Different, CallFailure {

        record InEffect() implements Verification {}

        record NotYet(String detail) implements Verification {}

        /** A re-read shows something else: it was changed back. */
        record Different(String detail) implements Verification {}
    }
}
