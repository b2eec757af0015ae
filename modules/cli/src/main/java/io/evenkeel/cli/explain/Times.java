package io.evenkeel.cli.explain;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Times as people at a terminal want them. */
public final class Times {

    private Times() {}

    /** {@code 4 s ago}, {@code 12 min ago}, {@code in 30 s}; {@code never} for the ends of time. */
    public static String relative(Instant time, Instant now) {
        if (time.equals(Instant.EPOCH) || time.equals(Instant.MAX) || time.equals(Instant.MIN)) {
            return "never";
        }
        var between = Duration.between(time, now);
        return between.isNegative() ? "in " + length(between.negated()) : length(between) + " ago";
    }

    public static String length(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
        }
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }
}
