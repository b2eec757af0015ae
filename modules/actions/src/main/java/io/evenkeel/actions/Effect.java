package io.evenkeel.actions;

/** One wanted effect on the outside, as {@link EffectRunner} needs to see it; idempotent and re-readable. */
interface Effect {

    /** The state before anything is done. */
    Seen read();

    /** The changing call: There when AWS took it. */
    Seen act();

    /** A re-read after an accepted call. */
    Seen verify();

    /** What a step found. */
    sealed interface Seen {

        /** The wanted state, or (of a call) its acceptance. */
        record There(String detail) implements Seen {}

        /** Not there, or not yet. */
        record Absent(String detail) implements Seen {}

        /** Something that must not be acted on. */
        record Unfit(String detail) implements Seen {}

        record Trouble(CallFailure failure) implements Seen {}
    }
}
