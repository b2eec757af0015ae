package io.evenkeel.channels.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One channel as a lane uses it: what it may be sent when, and whether it fails. */
final class Path {

    private final String name;
    private final Rate rate;
    private final Duration patience;
    private Instant seen = Instant.EPOCH;
    /** The rate is used up to here: each use moves it on by the interval. */
    private Instant paidUntil = Instant.EPOCH;
    private Instant retryAt = Instant.EPOCH;
    private @Nullable Instant failingSince;
    private int failures;
    private String lastFailure = "";

    /** @param patience how long it may fail before it is given up */
    Path(String name, Rate rate, Duration patience) {
        this.name = name;
        this.rate = rate;
        this.patience = patience;
    }

    String name() {
        return name;
    }

    /** What it said when it failed last; empty when it never did. */
    String lastFailure() {
        return lastFailure;
    }

    /** A clock that was set back takes all that was noted with it, or nothing would be sent until it caught up. */
    void observe(Instant now) {
        if (now.isBefore(seen)) {
            var back = Duration.between(now, seen);
            paidUntil = paidUntil.minus(back);
            retryAt = retryAt.minus(back);
            failingSince = failingSince == null ? null : failingSince.minus(back);
        }
        seen = now;
    }

    boolean isFree(Instant now) {
        return !paidUntil.minus(rate.interval().multipliedBy(rate.burst() - 1L)).isAfter(now)
                && !retryAt.isAfter(now);
    }

    boolean isFailing() {
        return failingSince != null;
    }

    /** Whether it has failed for longer than it may. */
    boolean isGivenUp(Instant now) {
        return failingSince != null && !failingSince.plus(patience).isAfter(now);
    }

    void used(Instant now) {
        paidUntil = (paidUntil.isAfter(now) ? paidUntil : now).plus(rate.interval());
    }

    void worked() {
        failingSince = null;
        failures = 0;
        retryAt = Instant.EPOCH;
    }

    /**
     * @param tried when the call began: it may have hung for long
     * @param chance 0 to below 1
     */
    void failed(Instant tried, Instant now, String detail, Optional<Duration> asked, double chance) {
        failingSince = failingSince == null ? tried : failingSince;
        failures++;
        lastFailure = detail;
        retryAt = now.plus(Backoff.after(failures, asked, chance));
    }
}
