package io.evenkeel.core.alert;

import java.time.Instant;

/**
 * How a channel fared with a notification; the newest of (incident, sequence, channel) counts.
 *
 * @param incident of the notification
 * @param sequence of the notification
 * @param channel the channel that it was meant for
 * @param via the channel that it went over: another one after a failover
 * @param outcome how it ended, or that it does not yet
 * @param attempt 1 for the first
 * @param receipt the id that the receiver gave it; empty when it gives none
 * @param detail one line for people: what the receiver said; never a secret
 * @param at by the clock of the process that delivers
 */
public record Delivery(String incident, int sequence, String channel, String via, Outcome outcome, int attempt,
        String receipt, String detail, Instant at) {

    public enum Outcome {
        /** The receiver took it. */
        DELIVERED,
        /** The channel has failed for its {@code failoverAfter} and has no further one; it is tried again. */
        FAILING,
        /** The channel failed for its {@code failoverAfter}, and the next one took it. */
        HANDED_OVER,
        /** The receiver says that it can never take this one. */
        REJECTED,
        /** A newer one of the same incident was sent instead. */
        SUPERSEDED,
        /** Too old to be of use: a heartbeat of the past. */
        EXPIRED
    }
}
