package io.evenkeel.core.decision;

import io.evenkeel.core.time.Durations;
import java.time.Duration;

/** How long what people order may last. */
public final class Lasting {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private Lasting() {}

    /**
     * Read from {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}.
     *
     * @throws IllegalArgumentException that says what is allowed
     */
    public static Duration of(String text) {
        return Durations.parse(text).filter(d -> d.compareTo(SHORTEST) >= 0 && d.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be a duration from 1s to 30d, was '" + text + "'"));
    }
}
