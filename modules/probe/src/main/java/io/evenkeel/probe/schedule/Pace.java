package io.evenkeel.probe.schedule;

/** Monotonic time, and being called at a point of it. */
interface Pace {

    /** As {@link System#nanoTime}. */
    long nanoTime();

    /** Runs a task at a time, at once where it has passed; on a thread where it may block. */
    void at(long nanoTime, Runnable task);
}
