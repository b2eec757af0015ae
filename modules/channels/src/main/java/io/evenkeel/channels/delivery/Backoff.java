package io.evenkeel.channels.delivery;

import java.time.Duration;
import java.util.Optional;

/** How long a channel that failed is left alone. */
final class Backoff {

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration MAX = Duration.ofSeconds(60);
    /** A receiver that asks for more is tried all the same: it may have asked by mistake, and a page waits. */
    static final Duration MAX_ASKED = Duration.ofMinutes(15);

    private Backoff() {}

    /**
     * Doubles with each failure in a row, give or take a fifth, so that channels of one outage do not come back at once.
     *
     * @param failures in a row, 1 for the first
     * @param asked what the receiver asked for
     * @param chance 0 to below 1
     */
    static Duration after(int failures, Optional<Duration> asked, double chance) {
        long millis = Math.min(MAX.toMillis(), FIRST.toMillis() << Math.min(failures - 1, 16));
        var own = Duration.ofMillis(Math.round(millis * (0.8 + 0.4 * chance)));
        var bounded = asked.map(wish -> wish.compareTo(MAX_ASKED) > 0 ? MAX_ASKED : wish).orElse(Duration.ZERO);
        return bounded.compareTo(own) > 0 ? bounded : own;
    }
}
