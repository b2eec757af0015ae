package io.evenkeel.drills.simulator.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Virtual time and what is to happen in it. Of two events at the same millisecond the one planned first happens first.
 * All that happens goes into a hash, by which two runs are compared, and what matters into a short memory, which a
 * failure is told with.
 */
public final class Timeline {

    /** Where virtual time begins, in milliseconds since the epoch. */
    public static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private static final int REMEMBERED = 30;
    private static final long PRIME = 0x100000001B3L;

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final String[] recent = new String[REMEMBERED];
    private Consumer<String> listener = _ -> {
    };
    private long now = START;
    private long planned;
    private long events;
    private long notes;
    private long hash = 0xCBF29CE484222325L;

    /** Something that is to happen; may be planned again once it has happened. */
    public abstract static class Event implements Comparable<Event> {
        private long at;
        private long order;

        protected abstract void happen();

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private static final class Task extends Event {
        private final Runnable task;

        private Task(Runnable task) {
            this.task = task;
        }

        @Override
        protected void happen() {
            task.run();
        }
    }

    /** Milliseconds since the epoch. */
    public long now() {
        return now;
    }

    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    /** Plans an event {@code delay} milliseconds from now. */
    public void in(long delay, Event event) {
        event.at = now + Math.max(0, delay);
        event.order = planned++;
        queue.add(event);
    }

    /** Plans a task {@code delay} milliseconds from now. */
    public void in(long delay, Runnable task) {
        in(delay, new Task(task));
    }

    /** Lets the next event happen; false when there is none until the given time. */
    public boolean step(long until) {
        var next = queue.peek();
        if (next == null || next.at > until) {
            return false;
        }
        queue.remove();
        now = next.at;
        events++;
        mix(next.at);
        next.happen();
        return true;
    }

    public long events() {
        return events;
    }

    /** Of all that happened so far. */
    public long hash() {
        return hash;
    }

    /** Enters something into the hash only: what happens too often to be told. */
    public void mix(long value) {
        hash = (hash ^ value) * PRIME;
        hash ^= hash >>> 29;
    }

    /** Enters something that a failure is to be told with. */
    public void note(String what) {
        mix(what.hashCode());
        String line = instant() + "  " + what;
        recent[(int) (notes % REMEMBERED)] = line;
        notes++;
        listener.accept(line);
    }

    /** @param next hears of every note from now on */
    public void listen(Consumer<String> next) {
        listener = next;
    }

    /** The last notes, oldest first. */
    public List<String> recent() {
        var lines = new ArrayList<String>();
        for (long note = Math.max(0, notes - REMEMBERED); note < notes; note++) {
            lines.add(recent[(int) (note % REMEMBERED)]);
        }
        return lines;
    }
}
