package io.evenkeel.topology.commit;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Whether a thread, whose tasks all commit together, commits now. What others wait for must not wait for the commit
 * interval. But a commit takes 8 ms, and much longer on a busy machine or with a distant broker, and nothing is read
 * meanwhile: one for each of many transitions, at a start or when a zone fails, would never catch up with what comes. So a
 * thread that is late, by more than {@value #CAUGHT_UP_MILLIS} ms, reads on until it has caught up, or for twice as long as
 * its last commit took, at least {@value #LEAST_MILLIS} ms and at most {@value #MOST_MILLIS} ms, as much as it may have saved
 * before: so what comes now and then is committed at once in any case. Not thread-safe: one for each thread.
 */
public final class CommitBudget {

    private static final long CAUGHT_UP_MILLIS = 20;
    private static final long LEAST_MILLIS = 200;
    private static final long MOST_MILLIS = 600;
    /** No record takes so long; what does is a commit, or nothing came. */
    private static final long ONE_RECORD_MILLIS = 20;

    private boolean waited;
    private long lastMillis;
    private long savedMillis = MOST_MILLIS;
    /** The longest since the last commit was asked for; other tasks may read a little before it is made. */
    private long pauseMillis;
    /** Age of what was read soonest after it was appended; below zero where the broker's clock is ahead. */
    private long leastAge;

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
     * @param nowMillis in milliseconds since 1970
     * @param appendedMillis when what was read was appended to its topic, by the broker's clock, which may be wrong
     */
    boolean pays(long nowMillis, long appendedMillis) {
        long gap = lastMillis == 0 ? 0 : nowMillis - lastMillis;
        lastMillis = nowMillis;
        long age = nowMillis - appendedMillis;
        leastAge = Math.min(leastAge, age);
        long late = age - leastAge;
        // What was read late was there before, so a commit is what took so long.
        pauseMillis = Math.max(pauseMillis, Math.min(gap, late));
        savedMillis = Math.min(savedMillis + Math.min(gap, ONE_RECORD_MILLIS), MOST_MILLIS);
        if (!waited || (late > CAUGHT_UP_MILLIS && !spends())) {
            return false;
        }
        waited = false;
        pauseMillis = 0;
        return true;
    }

    private boolean spends() {
        long price = Math.clamp(2 * pauseMillis, LEAST_MILLIS, MOST_MILLIS);
        if (savedMillis < price) {
            return false;
        }
        savedMillis -= price;
        return true;
    }
}
