package io.evenkeel.drills.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * One partition of a topic. Append times are the broker's, and never go back. What nobody can read again is dropped.
 *
 * @param <T> the value of its records
 */
final class Log<T> {

    /** Milliseconds that records stay for: as far back as a replay goes. */
    static final long RETENTION = 10 * 60_000;

    private static final int DROP_AT = 8_192;

    private final List<T> values = new ArrayList<>();
    private long[] appended = new long[1_024];
    private long base;
    private long newest;
    private int dropAt = DROP_AT;

    /** Appends at the given time, or at the newest append time if that is later. */
    void append(long at, T value, long oldestNeeded) {
        newest = Math.max(newest, at);
        if (values.size() >= dropAt) {
            drop(oldestNeeded);
            dropAt = Math.max(DROP_AT, 2 * values.size());
        }
        if (values.size() == appended.length) {
            appended = java.util.Arrays.copyOf(appended, appended.length * 2);
        }
        appended[values.size()] = newest;
        values.add(value);
    }

    private void drop(long oldestNeeded) {
        int dropped = 0;
        while (dropped < values.size() && base + dropped < oldestNeeded && appended[dropped] < newest - RETENTION) {
            dropped++;
        }
        values.subList(0, dropped).clear();
        System.arraycopy(appended, dropped, appended, 0, appended.length - dropped);
        base += dropped;
    }

    /** Offset of the next record. */
    long end() {
        return base + values.size();
    }

    T value(long offset) {
        return values.get((int) (offset - base));
    }

    long appendedAt(long offset) {
        return appended[(int) (offset - base)];
    }

    /** The oldest record that is there and was appended at that time or later. */
    long firstFrom(long time) {
        long offset = base;
        while (offset < end() && appendedAt(offset) < time) {
            offset++;
        }
        return offset;
    }
}
