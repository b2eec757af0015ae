package io.evenkeel.probe.schedule;

import java.time.Duration;
import java.util.Arrays;

/** How late the agent itself was, over the last {@value #SIZE} probes. */
final class Lateness {

    private static final int SIZE = 1024;

    private final long[] nanos = new long[SIZE];
    private int count;

    synchronized void add(long lateNanos) {
        nanos[count % SIZE] = lateNanos;
        // Stays in the upper half once the window is full, so that it can't overflow.
        count = count == 2 * SIZE - 1 ? SIZE : count + 1;
    }

    /** Zero before the first probe. */
    synchronized Duration p99() {
        int filled = Math.min(count, SIZE);
        if (filled == 0) {
            return Duration.ZERO;
        }
        var sorted = Arrays.copyOf(nanos, filled);
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[(int) Math.ceil(filled * 0.99) - 1]);
    }
}
