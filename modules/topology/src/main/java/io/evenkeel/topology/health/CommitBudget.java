package io.evenkeel.topology.health;

/**
 * How often a thread may ask for a commit. A transition must not wait for the commit interval; but a commit, which is one
 * for all tasks of a thread, takes 5 to 8 ms, and one for each of a million transitions, at a start or when a zone fails,
 * would take hours. So the first {@value #BURST} go at once, then one every {@value #EVERY_MILLIS} ms, which leaves the
 * thread half of its time for results; the commit interval sees to the rest. Not thread-safe: one for each thread.
 */
final class CommitBudget {

    private static final int BURST = 20;
    private static final long EVERY_MILLIS = 15;

    private boolean owed;
    private long spentUntil;

    /** Something waits to be seen. */
    void owe() {
        owed = true;
    }

    /**
     * Whether to commit now; then nothing waits any more.
     *
     * @param nowMillis any clock that goes on
     */
    boolean pays(long nowMillis) {
        if (!owed) {
            return false;
        }
        long from = Math.max(spentUntil, nowMillis - BURST * EVERY_MILLIS);
        if (from + EVERY_MILLIS > nowMillis) {
            return false;
        }
        spentUntil = from + EVERY_MILLIS;
        owed = false;
        return true;
    }
}
