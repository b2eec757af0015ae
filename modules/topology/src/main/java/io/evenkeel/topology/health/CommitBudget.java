package io.evenkeel.topology.health;

/**
 * How often a thread may ask for a commit. A transition must not wait for the commit interval; but a commit, which is one
 * for all tasks of a thread, takes 5 to 12 ms, and one for each of a million transitions, at a start or when a zone fails,
 * would take hours. So {@value #BURST} go at once, and then one every {@value #EVERY_MILLIS} ms; a commit that many waited
 * for counts as up to {@value #MOST_COUNTED}. So in a storm a thread commits some seven times a second and judges
 * meanwhile. Not thread-safe: one for each thread.
 */
final class CommitBudget {

    private static final int BURST = 20;
    private static final long EVERY_MILLIS = 15;
    private static final int MOST_COUNTED = 10;

    private int waiting;
    private long spentUntil;

    /** A transition waits to be seen. */
    void owe() {
        waiting++;
    }

    /**
     * Whether to commit now; then nothing waits any more.
     *
     * @param nowMillis any clock that goes on
     */
    boolean pays(long nowMillis) {
        if (waiting == 0) {
            return false;
        }
        long from = Math.max(spentUntil, nowMillis - BURST * EVERY_MILLIS);
        if (from + EVERY_MILLIS > nowMillis) {
            return false;
        }
        spentUntil = from + EVERY_MILLIS * Math.min(waiting, MOST_COUNTED);
        waiting = 0;
        return true;
    }
}
