package io.evenkeel.topology.health;

/**
 * How often a task may ask for a commit of its own. A transition must not wait for the commit interval; but a commit takes
 * some 5 ms, and one for each of a million transitions, at a start or when a zone fails, would take an hour. So the first
 * {@value #BURST} go at once, then one every {@value #EVERY_MILLIS} ms; the commit interval sees to the rest. Not
 * thread-safe.
 */
final class CommitBudget {

    private static final int BURST = 20;
    private static final long EVERY_MILLIS = 10;

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
