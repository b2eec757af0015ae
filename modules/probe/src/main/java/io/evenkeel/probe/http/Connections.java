package io.evenkeel.probe.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Connections that wait for their next question, by scheme, host and port. For many threads. */
final class Connections implements AutoCloseable {

    /** Twice the longest interval: nobody will ask that target again. */
    private static final long FORGOTTEN = Duration.ofHours(2).toNanos();
    private static final long SWEEP_EVERY = Duration.ofMinutes(10).toNanos();

    private final Map<String, Deque<Idle>> idle = new HashMap<>();
    private final int perTarget;
    private final BooleanSupplier room;
    private final LongSupplier nanoTime;
    private long sweptAt;
    private boolean closed;

    private record Idle(Connection connection, long since) {}

    /**
     * Keeps none yet.
     *
     * @param perTarget most that wait for one target
     * @param room whether one more may be kept
     */
    Connections(int perTarget, BooleanSupplier room, LongSupplier nanoTime) {
        this.perTarget = perTarget;
        this.room = room;
        this.nanoTime = nanoTime;
        sweptAt = nanoTime.getAsLong();
    }

    /**
     * The one used last, which is the caller's from now on.
     *
     * @throws IllegalStateException when closed
     */
    synchronized Optional<Connection> take(String target) {
        if (closed) {
            throw new IllegalStateException("closed, nobody is asked any more");
        }
        var waiting = idle.get(target);
        if (waiting == null) {
            return Optional.empty();
        }
        var last = waiting.removeLast();
        if (waiting.isEmpty()) {
            idle.remove(target);
        }
        return Optional.of(last.connection());
    }

    /** Back after an answer: kept, or closed where it can't be. */
    void give(String target, Connection connection) {
        if (!connection.keepable() || !room.getAsBoolean() || !isKept(target, connection)) {
            connection.close();
        }
    }

    private synchronized boolean isKept(String target, Connection connection) {
        long now = nanoTime.getAsLong();
        if (now - sweptAt >= SWEEP_EVERY) {
            sweptAt = now;
            sweep(now);
        }
        if (closed) {
            return false;
        }
        var waiting = idle.computeIfAbsent(target, _ -> new ArrayDeque<>(1));
        if (waiting.size() >= perTarget) {
            return false;
        }
        waiting.addLast(new Idle(connection, now));
        return true;
    }

    /** Those of targets that are gone. */
    private void sweep(long now) {
        idle.values().removeIf(waiting -> {
            while (!waiting.isEmpty() && now - waiting.getFirst().since() >= FORGOTTEN) {
                waiting.removeFirst().connection().close();
            }
            return waiting.isEmpty();
        });
    }

    /** How many wait. */
    synchronized int size() {
        return idle.values().stream().mapToInt(Deque::size).sum();
    }

    /** What is asked now is asked to its end. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.values().forEach(waiting -> waiting.forEach(each -> each.connection().close()));
        idle.clear();
    }
}
