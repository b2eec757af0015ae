package io.evenkeel.lab.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Faults to come for the next calls of an action, used up one a call in the order they were asked for. Safe for any thread. */
public final class RequestFaults {
    private final ConcurrentHashMap<String, Queue<Fault>> queues = new ConcurrentHashMap<>();

    /** What happens to one call. */
    sealed interface Fault {
        /** Refused as over the rate, without effect. */
        record Throttled() implements Fault {}

        /** Answered 500 without effect. */
        record Failed() implements Fault {}

        /** Carried out, then answered 500: the caller can not know. */
        record FailedAfterEffect() implements Fault {}

        /** Carried out after a pause. */
        record Delayed(Duration pause) implements Fault {}

        /** Carried out when it is let go. */
        record Stopped(Held held) implements Fault {}
    }

    /** A call that is on its way and has not been looked at: its caller can not know. Safe for any thread. */
    public static final class Held {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch let = new CountDownLatch(1);

        private Held() {}

        public boolean isThere() {
            return arrived.getCount() == 0;
        }

        /** It is carried out now, whether or not its caller still waits. */
        public void letGo() {
            let.countDown();
        }

        void stop() {
            arrived.countDown();
            try {
                let.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The next {@code calls} calls of the action are refused by the service's throttling error. */
    public void throttle(String action, int calls) {
        add(action, calls, new Fault.Throttled());
    }

    /** The next {@code calls} calls are answered 500 InternalFailure and have no effect. */
    public void serverError(String action, int calls) {
        add(action, calls, new Fault.Failed());
    }

    /** The next {@code calls} calls take effect and are answered 500 InternalFailure all the same. */
    public void serverErrorAfterEffect(String action, int calls) {
        add(action, calls, new Fault.FailedAfterEffect());
    }

    /** The next {@code calls} calls wait for {@code pause} before they are looked at. */
    public void delay(String action, int calls, Duration pause) {
        add(action, calls, new Fault.Delayed(pause));
    }

    /** The next call of the action stops before it is looked at, until it is let go. */
    public Held hold(String action) {
        var held = new Held();
        add(action, 1, new Fault.Stopped(held));
        return held;
    }

    /** Forgets what has not happened yet. */
    public void clear() {
        queues.clear();
    }

    Optional<Fault> next(String action) {
        return Optional.ofNullable(queues.get(action)).map(Queue::poll);
    }

    private void add(String action, int calls, Fault fault) {
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be >= 1, was " + calls);
        }
        var queue = queues.computeIfAbsent(action, _ -> new ConcurrentLinkedQueue<>());
        for (int i = 0; i < calls; i++) {
            queue.add(fault);
        }
    }
}
