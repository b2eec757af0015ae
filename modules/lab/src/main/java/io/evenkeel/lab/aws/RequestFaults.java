package io.evenkeel.lab.aws;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Faults to come for the next calls of an action, used up one a call in the order they were asked for. Safe for any thread. */
public final class RequestFaults {
    private final ConcurrentHashMap<String, Queue<Fault>> queues = new ConcurrentHashMap<>();
    private final List<HeldCalls> held = new CopyOnWriteArrayList<>();

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

    /**
     * All calls of the action wait from now on that have this text in the value of a parameter, or in their path.
     *
     * @param about such as an instance id, or the id of a health check
     */
    public HeldCalls hold(String action, String about, HeldCalls.Moment moment) {
        var calls = new HeldCalls(action, about, moment);
        held.add(calls);
        return calls;
    }

    Optional<HeldCalls> held(String action, Map<String, String> parameters) {
        return held.stream().filter(calls -> calls.covers(action, parameters)).findFirst();
    }

    /** Forgets what has not happened yet. Calls that wait go on waiting. */
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
