package io.evenkeel.probe.confirm;

import java.time.Duration;

/**
 * How often one target's dropped connections may be looked into in vain: {@value #AT_ONCE} times, and once more for every
 * {@value #INTERVALS} intervals. A server that ends idle connections would otherwise be probed once for each; so its
 * probes grow by less than 1 %. Times are of {@link System#nanoTime}. Not thread-safe.
 */
final class FalseAlarms {

    private static final int AT_ONCE = 3;
    private static final int INTERVALS = 200;

    private final long nanosEach;
    private boolean any;
    private long forgottenAt;

    FalseAlarms(Duration interval) {
        this.nanosEach = interval.multipliedBy(INTERVALS).toNanos();
    }

    boolean mayHappen(long now) {
        return !any || forgottenAt - now <= (AT_ONCE - 1) * nanosEach;
    }

    void happened(long now) {
        forgottenAt = (any && forgottenAt - now > 0 ? forgottenAt : now) + nanosEach;
        any = true;
    }
}
