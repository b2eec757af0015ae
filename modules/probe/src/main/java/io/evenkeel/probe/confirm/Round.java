package io.evenkeel.probe.confirm;

import io.evenkeel.core.health.FailureReason;

/**
 * One round of re-probes: when the next one is due. An unhurried round that sees a refusal goes on as a prompt one, with
 * that as its first. After a dropped connection the first re-probe is what decides whether there is a failure at all, and
 * of what cadence. Times are of {@link System#nanoTime}. Not thread-safe.
 */
final class Round {

    private final boolean afterDrop;
    private Cadence cadence;
    private long from;
    private int made;
    private boolean anyFailure;

    private Round(Cadence cadence, boolean afterDrop, long from) {
        this.cadence = cadence;
        this.afterDrop = afterDrop;
        this.from = from;
    }

    static Round afterFailure(FailureReason reason, long now) {
        return new Round(Cadence.after(reason), false, now);
    }

    static Round afterDrop(long now) {
        return new Round(Cadence.PROMPT, true, now);
    }

    Cadence cadence() {
        return cadence;
    }

    boolean begun() {
        return made > 0 || anyFailure;
    }

    boolean over() {
        return made >= Cadence.PROBES;
    }

    long nextAt() {
        return from + cadence.start(made).toNanos();
    }

    /** A connection was dropped, and nothing was wrong: so far. */
    boolean nothingWrong() {
        return afterDrop && !anyFailure;
    }

    void failed(FailureReason reason, long beganAt, long endedAt) {
        var seen = Cadence.after(reason);
        if (nothingWrong() && seen == Cadence.UNHURRIED) {
            cadence = seen;
            from = endedAt;
        } else if (seen.compareTo(cadence) > 0) {
            cadence = seen;
            from = beganAt;
            made = 1;
        } else {
            made++;
        }
        anyFailure = true;
    }
}
