package io.evenkeel.core.action;

import java.time.Instant;

/**
 * How far a request has come; the newest one per request id counts.
 *
 * @param request the whole request, so that a new owner can go on without the request topic
 * @param owner the actions process that claimed it
 * @param attempt 1 for the first claim; each new owner adds 1
 * @param leaseUntil no other owner acts before this (broker time)
 * @param at when it was written (broker time as the owner knew it)
 * @param detail one line for people: what was done, or the gate that refused with its numbers, or the error
 */
public record ActionOutcome(ActionRequest request, Status status, String owner, int attempt, Instant leaseUntil,
        Instant at, String detail) {

    /** STARTED is a claim, all others are ends. */
    public enum Status {
        STARTED, SUCCEEDED,
        /** The wanted state was there already: nothing was called. */
        ALREADY_DONE,
        /** A gate said no right before the call: nothing was called. */
        REFUSED, FAILED,
        /** The call was made and no answer came, and a re-read could not tell. */
        UNKNOWN_EFFECT;

        public boolean isEnd() {
            return this != STARTED;
        }

        /** The wanted state is there. */
        public boolean isEffective() {
            return this == SUCCEEDED || this == ALREADY_DONE;
        }
    }
}
