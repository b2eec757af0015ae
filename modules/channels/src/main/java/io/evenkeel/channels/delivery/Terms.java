package io.evenkeel.channels.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * How a channel is to be used, whatever its type.
 *
 * @param failover name of the channel that takes over when this one fails; empty: it is tried on and on
 * @param failoverAfter how long it may fail before that, or before somebody is told that it does
 * @param rate how much it may be sent
 */
public record Terms(Optional<String> failover, Duration failoverAfter, Rate rate) {

    public static final Terms DEFAULT = new Terms(Optional.empty(), Duration.ofMinutes(1), Rate.DEFAULT);
}
