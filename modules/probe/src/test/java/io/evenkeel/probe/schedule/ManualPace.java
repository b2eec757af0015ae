package io.evenkeel.probe.schedule;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the test says so; tasks run on the test's thread. */
final class ManualPace implements Pace {

    private record Task(long at, long order, Runnable run) {}

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now;
    private long order;

    /** @param start nanoTime may begin anywhere, also below zero */
    ManualPace(long start) {
        this.now = start;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void at(long nanoTime, Runnable task) {
        tasks.add(new Task(nanoTime, order++, task));
    }

    /** Lets time pass, and all that comes due in it happen at its time. */
    void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (!tasks.isEmpty() && tasks.element().at() <= end) {
            var task = tasks.remove();
            now = Math.max(now, task.at());
            task.run().run();
        }
        now = Math.max(now, end);
    }

    /** Time passes, but nothing happens: the agent was stopped, or a probe took as long. */
    void jump(Duration duration) {
        now += duration.toNanos();
    }
}
