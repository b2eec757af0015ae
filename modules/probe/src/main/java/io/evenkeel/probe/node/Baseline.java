package io.evenkeel.probe.node;

import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import java.time.Duration;

/**
 * What one target usually takes to answer this agent: a moving mean of its successful latencies. A slow answer does not
 * move it, so that a target that stays slow is told for as long as anybody may need to look; when every answer has been
 * slow for {@link #ACCEPTED_AFTER}, that is what the target usually takes from then on. Becoming slower little by little
 * goes unnoticed. For many threads.
 */
final class Baseline {

    /** Weight of a new latency, as of TCP's smoothed round-trip time (RFC 6298). */
    static final double ALPHA = 1.0 / 8;

    /** Successes before it is used: by then connections, caches and compilers are warm; 10 minutes at 30 s. */
    static final int LEARNED_AFTER = 20;

    /** Never slow up to here. Healthy nodes take 3 ms, a long garbage collection of theirs some 100 ms. */
    static final Duration FLOOR = Duration.ofMillis(500);

    /** Slow from here on; an order of magnitude is no jitter. */
    static final int FACTOR = 10;

    /** A choice: far longer than restarts, merges and recoveries slow a node down. */
    static final Duration ACCEPTED_AFTER = Duration.ofHours(1);

    private double usualNanos;
    private int learned;
    private double slowNanos;
    private boolean slow;
    private long slowSince;

    /**
     * A successful answer.
     *
     * @param now when it was there, monotonic
     * @return a success, or that it was slow
     */
    synchronized Outcome judged(Duration latency, long now) {
        double nanos = (double) latency.toNanos();
        if (learned < LEARNED_AFTER || nanos <= Math.max((double) FLOOR.toNanos(), FACTOR * usualNanos)) {
            learn(nanos);
            return new Outcome.Success();
        }
        stillSlow(nanos, now);
        if (now - slowSince >= ACCEPTED_AFTER.toNanos()) {
            usualNanos = slowNanos;
            slow = false;
            return new Outcome.Success();
        }
        long usualMillis = Math.max(1, Math.round(usualNanos / 1e6));
        return new Outcome.Failure(FailureReason.SLOW,
                "took " + latency.toMillis() + " ms, usually " + usualMillis + " ms");
    }

    private void learn(double nanos) {
        learned = Math.min(learned + 1, LEARNED_AFTER);
        usualNanos += Math.max(ALPHA, 1.0 / learned) * (nanos - usualNanos);
        slow = false;
    }

    private void stillSlow(double nanos, long now) {
        if (!slow) {
            slow = true;
            slowSince = now;
            slowNanos = nanos;
        }
        slowNanos += ALPHA * (nanos - slowNanos);
    }
}
