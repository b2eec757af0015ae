package io.evenkeel.probe;

import java.time.Duration;

/**
 * How often a target is asked, and how long it may take to answer.
 *
 * @param interval from one probe to the next, 100 ms to 1 h
 * @param timeout of one probe, at least 10 ms and less than the interval
 */
public record ProbePace(Duration interval, Duration timeout) {

    /** The text that the project began with: every 30 s. */
    public static final ProbePace USUAL = new ProbePace(Duration.ofSeconds(30), Duration.ofSeconds(3));

    public ProbePace {
        if (interval.compareTo(Duration.ofMillis(100)) < 0 || interval.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("interval must be 100 ms to 1 h, was " + interval);
        }
        if (timeout.compareTo(Duration.ofMillis(10)) < 0 || timeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException(
                    "timeout must be at least 10 ms and less than the interval " + interval + ", was " + timeout);
        }
    }
}
