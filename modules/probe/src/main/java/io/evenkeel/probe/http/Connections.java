package io.evenkeel.probe.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Connections that wait for their next question, by scheme, host and port. Whoever asked to be told learns at once when the
 * other side drops one. For many threads.
 */
final class Connections implements AutoCloseable {

    /** Twice the longest interval: nobody will ask that target again. */
    private static final long FORGOTTEN = Duration.ofHours(2).toNanos();
    private static final long SWEEP_EVERY = Duration.ofMinutes(10).toNanos();

    private final Map<String, Deque<Idle>> idle = new HashMap<>();
    private final Map<String, Runnable> listeners = new HashMap<>();
    private final int perTarget;
    private final BooleanSupplier room;
    private final LongSupplier nanoTime;
    private int size;
    private long sweptAt;
    private boolean closed;

    private record Idle(Connection connection, long since) {}

    /**
     * Keeps none yet.
     *
     * @param perTarget most that wait for one target; none waits with 0
     * @param room whether one more may be kept
     */
    Connections(int perTarget, BooleanSupplier room, LongSupplier nanoTime) {
        this.perTarget = perTarget;
        this.room = room;
        this.nanoTime = nanoTime;
        sweptAt = nanoTime.getAsLong();
    }

    /**
     * Tells this one, in place of another, of each connection to a target that the other side ends although it was to be
     * kept.
     *
     * @param whenDropped may be called on any thread, and must not block
     */
    synchronized void watch(String target, Runnable whenDropped) {
        listeners.put(target, whenDropped);
    }

    /** Ends {@link #watch} for the one that is told now, and closes what waits; else does nothing. */
    synchronized void unwatch(String target, Runnable whenDropped) {
        if (listeners.remove(target, whenDropped)) {
            var waiting = idle.remove(target);
            if (waiting != null) {
                waiting.forEach(this::close);
            }
        }
    }

    /** @throws IllegalStateException when closed: nobody is to be asked any more */
    synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed, nobody is asked any more");
        }
    }

    /**
     * The one used last, which is the caller's from now on.
     *
     * @throws IllegalStateException when closed
     */
    synchronized Optional<Connection> take(String target) {
        requireOpen();
        var waiting = idle.get(target);
        if (waiting == null) {
            return Optional.empty();
        }
        var last = waiting.removeLast();
        if (waiting.isEmpty()) {
            idle.remove(target);
        }
        size--;
        return Optional.of(last.connection());
    }

    /** Back after an answer: kept, or closed where it can't be. */
    void give(String target, Connection connection) {
        if (!connection.keepable() || perTarget == 0 || !room.getAsBoolean() || !isKept(target, connection)) {
            connection.close();
        } else if (connection.isOver()) {
            // In the moment before, when it was nobody's.
            ended(target, connection);
        }
    }

    private boolean isKept(String target, Connection connection) {
        try {
            connection.stayAlive();
        } catch (IOException _) {
            return false;
        }
        return isAdded(target, connection);
    }

    private synchronized boolean isAdded(String target, Connection connection) {
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
        size++;
        return true;
    }

    /** The other side ended it: told only when it waits here. What is being asked over it fails by itself. */
    void ended(String target, Connection connection) {
        if (isRemoved(target, connection)) {
            connection.letGo();
            dropped(target);
        }
    }

    private synchronized boolean isRemoved(String target, Connection connection) {
        var waiting = idle.get(target);
        if (waiting == null || !waiting.removeIf(each -> each.connection() == connection)) {
            return false;
        }
        if (waiting.isEmpty()) {
            idle.remove(target);
        }
        size--;
        return true;
    }

    /** A kept one turned out to be dead. */
    void dropped(String target) {
        Runnable listener;
        synchronized (this) {
            listener = listeners.get(target);
        }
        if (listener != null) {
            listener.run();
        }
    }

    /** Those of targets that are gone. */
    private void sweep(long now) {
        idle.values().removeIf(waiting -> {
            while (!waiting.isEmpty() && now - waiting.getFirst().since() >= FORGOTTEN) {
                close(waiting.removeFirst());
            }
            return waiting.isEmpty();
        });
    }

    private void close(Idle gone) {
        gone.connection().close();
        size--;
    }

    /** How many wait. */
    synchronized int size() {
        return size;
    }

    /** What is asked now is asked to its end. */
    @Override
    public synchronized void close() {
        closed = true;
        listeners.clear();
        idle.values().forEach(waiting -> waiting.forEach(this::close));
        idle.clear();
    }
}
