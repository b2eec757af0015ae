package io.evenkeel.core.health;

import java.time.Instant;

/** Versions of transitions. */
final class Versions {

    private Versions() {}

    /** A version never repeats, grows in order, and survives loss of state because time went on meanwhile. */
    static long next(long previous, Instant now) {
        long micros = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
        return Math.max(previous + 1, micros);
    }
}
