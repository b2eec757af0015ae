package io.evenkeel.topology.commit;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Whether a thread, whose tasks all commit together, commits now. What others wait for must not wait for the commit
 * interval. But a commit takes 8 ms, and ten times as long on a busy machine, in which nothing is read: one for each of many
 * transitions, at a start or when a zone fails, would never catch up with what comes meanwhile. So a thread that is behind,
 * by more than {@value #CAUGHT_UP_MILLIS} ms, has {@value #BURST} commits to spend and gets one every
 * {@value #EVERY_MILLIS} ms; for the rest it reads on until it has caught up. How far it is behind is told by two clocks,
 * the broker's and this one: where they differ by more, what comes now and then is committed at once all the same. Not
 * thread-safe: one for each thread.
 */
public final class CommitBudget {

    private static final long CAUGHT_UP_MILLIS = 20;
    private static final int BURST = 5;
    private static final long EVERY_MILLIS = 200;

    private boolean waited;
    private long spentUntil;

    /** Somebody waits for what was forwarded. */
    public void owe() {
        waited = true;
    }

    /** At the end of each record that was read, whatever came of it: commits also for the other tasks of the thread. */
    public void settle(ProcessorContext<?, ?> context, Record<?, ?> read) {
        if (pays(context.currentSystemTimeMs(), read.timestamp())) {
            context.commit();
        }
    }

    /**
     * If so, nothing waits any more.
     *
     * @param nowMillis a clock that goes on, in milliseconds since 1970
     * @param appendedMillis when what was read was appended to its topic
     */
    boolean pays(long nowMillis, long appendedMillis) {
        if (!waited || !(nowMillis - appendedMillis <= CAUGHT_UP_MILLIS || spends(nowMillis))) {
            return false;
        }
        waited = false;
        return true;
    }

    private boolean spends(long nowMillis) {
        long from = Math.max(spentUntil, nowMillis - BURST * EVERY_MILLIS);
        if (from + EVERY_MILLIS > nowMillis) {
            return false;
        }
        spentUntil = from + EVERY_MILLIS;
        return true;
    }
}
