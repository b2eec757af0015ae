package io.evenkeel.probe.doubt;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * For how long the agent itself did not run: its process was stopped, collected garbage, or got no processor. Known from a
 * loop that beats every {@link #BEAT}; a beat that comes late tells a pause, and so does one that is overdue, so that whoever
 * wakes up before the loop does is not misled. For many threads.
 */
public final class Pauses {

    public static final Duration BEAT = Duration.ofMillis(100);

    /** A beat later than this is a pause: timers and busy processors account for less. */
    static final Duration TOLERANCE = Duration.ofMillis(200);

    /** Far more than a probe may span. */
    private static final int KEPT = 100;

    private record Pause(long from, long to) {
        long within(long since, long until) {
            return Math.max(0, Math.min(to - since, until - since) - Math.max(from - since, 0));
        }
    }

    private final Deque<Pause> pauses = new ArrayDeque<>();
    private long lastBeat;

    /** @param now monotonic, as of all times here */
    public Pauses(long now) {
        this.lastBeat = now;
    }

    /** The loop runs. */
    public synchronized void beat(long now) {
        if (isPause(now)) {
            pauses.addLast(new Pause(lastBeat, now));
            if (pauses.size() > KEPT) {
                pauses.removeFirst();
            }
        }
        lastBeat = now;
    }

    /** How much of a span the agent was paused for. */
    public synchronized Duration within(long since, long until) {
        long nanos = pauses.stream().mapToLong(pause -> pause.within(since, until)).sum();
        if (isPause(until)) {
            nanos += new Pause(lastBeat, until).within(since, until);
        }
        return Duration.ofNanos(nanos);
    }

    private boolean isPause(long now) {
        return now - lastBeat > BEAT.plus(TOLERANCE).toNanos();
    }
}
