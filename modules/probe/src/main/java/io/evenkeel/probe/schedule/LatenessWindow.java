package io.evenkeel.probe.schedule;

import java.time.Duration;
import java.util.Arrays;

/** Remembers how late the agent itself was, over the last {@value #SIZE} probes. For many threads. */
final class LatenessWindow {

    static final int SIZE = 1024;

    private final long[] nanos = new long[SIZE];
    private int count;

    synchronized void add(long lateNanos) {
        nanos[count % SIZE] = Math.max(0, lateNanos);
        // Stays in the upper half once the window is full, so that it can't overflow.
        count = count == 2 * SIZE - 1 ? SIZE : count + 1;
    }

    Lateness now() {
        var sorted = sorted();
        return new Lateness(rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 1));
    }

    private synchronized long[] sorted() {
        var sorted = Arrays.copyOf(nanos, Math.min(count, SIZE));
        Arrays.sort(sorted);
        return sorted;
    }

    private static Duration rank(long[] sorted, double quantile) {
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(sorted[(int) Math.ceil(sorted.length * quantile) - 1]);
    }
}
