package io.evenkeel.probe.schedule;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's own time; each task runs on a virtual thread of its own. */
final class SystemPace implements Pace, AutoCloseable {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("probe-timer").factory());

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void at(long nanoTime, Runnable task) {
        try {
            var _ = timer.schedule(() -> Thread.ofVirtual().name("probe").start(task), nanoTime - nanoTime(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            // Closed meanwhile: there is no next time.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
