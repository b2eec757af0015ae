package io.evenkeel.channels.delivery;

import java.time.Duration;

/**
 * How much a channel may be sent. In any stretch of time it gets at most {@code burst} and one for each {@code interval}.
 *
 * @param interval between two of a long row; more than zero
 * @param burst how many may follow each other at once after a rest; at least 1
 */
public record Rate(Duration interval, int burst) {

    /** One per second, as Slack's page "Rate limits" allows for posts to one channel; a burst of a few is let through. */
    public static final Rate DEFAULT = new Rate(Duration.ofSeconds(1), 5);

    public Rate {
        if (interval.isZero() || interval.isNegative() || burst < 1) {
            throw new IllegalArgumentException(
                    "rate must have an interval above zero and a burst of 1 or more, was " + interval + ", " + burst);
        }
    }
}
