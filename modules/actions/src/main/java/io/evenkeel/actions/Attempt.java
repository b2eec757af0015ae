package io.evenkeel.actions;

import io.evenkeel.core.action.ActionRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** One claimed try at a request: the gates and the time it has left. Used by one thread. */
final class Attempt {

    private final ActionRequest request;
    private final Function<ActionRequest, Optional<LiveGates.Refusal>> gates;
    private final ActionTimes times;
    private final Stopwatch sinceClaim;

    /** Monotonic time since the claim was begun, and waiting on it. */
    interface Stopwatch {
        Duration elapsed();

        void pause(Duration duration) throws InterruptedException;

        static Stopwatch start() {
            long begin = System.nanoTime();
            return new Stopwatch() {
                @Override
                public Duration elapsed() {
                    return Duration.ofNanos(System.nanoTime() - begin);
                }

                @Override
                public void pause(Duration duration) throws InterruptedException {
                    Thread.sleep(duration);
                }
            };
        }
    }

    Attempt(ActionRequest request, Function<ActionRequest, Optional<LiveGates.Refusal>> gates, ActionTimes times,
            Stopwatch sinceClaim) {
        this.request = request;
        this.gates = gates;
        this.times = times;
        this.sinceClaim = sinceClaim;
    }

    /** To be asked right before each changing call: the live gates, and whether the lease outlasts the call. */
    Optional<LiveGates.Refusal> refusal() {
        return gates.apply(request).or(this::leaseRefusal);
    }

    private Optional<LiveGates.Refusal> leaseRefusal() {
        var elapsed = sinceClaim.elapsed();
        return elapsed.compareTo(times.lastCallBegins()) > 0
                ? Optional.of(new LiveGates.Refusal("lease",
                        elapsed.toMillis() + " ms since the claim, a call may begin until "
                                + times.lastCallBegins().toMillis()))
                : Optional.empty();
    }

    Duration elapsed() {
        return sinceClaim.elapsed();
    }

    /** The longest that one call, or one look before it, may take. */
    Duration callTimeout() {
        return times.callTimeout();
    }

    Duration verifyWithin() {
        return times.verifyWithin();
    }

    /** Waits; false, without waiting, when no call could begin afterwards. */
    boolean pauseWithinLease(Duration duration) throws InterruptedException {
        if (sinceClaim.elapsed().plus(duration).compareTo(times.lastCallBegins()) > 0) {
            return false;
        }
        sinceClaim.pause(duration);
        return true;
    }

    void pause(Duration duration) throws InterruptedException {
        sinceClaim.pause(duration);
    }
}
