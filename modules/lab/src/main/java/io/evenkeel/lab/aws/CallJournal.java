package io.evenkeel.lab.aws;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Every call the endpoint answered, in the order of arrival. Safe for any thread; keeps the newest 20,000 calls. */
public final class CallJournal {
    private static final int KEPT = 20_000;

    private final AtomicLong arrivals = new AtomicLong();
    private final ConcurrentNavigableMap<Long, Call> calls = new ConcurrentSkipListMap<>();

    /**
     * One answered call.
     *
     * @param time arrival, wall clock
     * @param service name in the credential scope, as {@code autoscaling}
     * @param parameters flattened request; values are cut at 300 characters; secrets do not travel in these calls
     * @param status HTTP status of the answer
     * @param error AWS's error code; empty if the call succeeded
     */
    public record Call(Instant time, String service, String action, Map<String, String> parameters, int status,
            String error) {
        public Call {
            parameters = Map.copyOf(parameters);
        }
    }

    /** All calls, refused ones too. */
    public List<Call> calls() {
        return List.copyOf(calls.values());
    }

    /** The calls of one action, as {@code SetInstanceHealth}; empty if there was none. */
    public List<Call> calls(String action) {
        return calls.values().stream().filter(call -> call.action().equals(action)).toList();
    }

    long arrived() {
        return arrivals.incrementAndGet();
    }

    void answered(long arrival, Call call) {
        calls.put(arrival, call);
        if (calls.size() > KEPT) {
            calls.pollFirstEntry();
        }
    }
}
