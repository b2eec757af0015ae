package io.evenkeel.probe.confirm;

import io.evenkeel.core.health.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * What one target's spell of failures has been asked about so far: one round of each cadence at most, one after the
 * other, until a scheduled probe is healthy again. Not thread-safe.
 *
 * <pre>
 * scheduled failure     starts a round of its cadence, unless one runs, or a round of it or of a prompter one was in
 *                       this spell
 * connection dropped    starts a prompt round, unless one runs, or one was in this spell and the newest result still fails
 * failure in a round    a refusal seen by an unhurried round makes it prompt; what a dropped connection's first probe
 *                       sees decides the cadence of the rest
 * success               ends the round; a scheduled one the spell
 * </pre>
 */
final class Spell {

    private @Nullable Cadence asked;
    private boolean failing;
    private boolean running;

    /** A scheduled probe failed: whether a round starts. */
    boolean failed(FailureReason reason) {
        failing = true;
        var cadence = Cadence.after(reason);
        if (running || (asked != null && asked.compareTo(cadence) >= 0)) {
            return false;
        }
        asked = cadence;
        running = true;
        return true;
    }

    /** A scheduled probe was healthy. */
    void succeeded() {
        failing = false;
        asked = null;
    }

    /** The kept-open connection was dropped: whether a round starts. */
    boolean dropped() {
        if (running || (failing && asked == Cadence.PROMPT)) {
            return false;
        }
        running = true;
        return true;
    }

    /** A round's probe failed; the rest of it has this cadence. */
    void confirmed(Cadence cadence) {
        failing = true;
        asked = cadence;
    }

    /** Whether the newest result is a failure: without one there is nothing left to confirm. */
    boolean failing() {
        return failing;
    }

    void roundEnded(boolean healthy) {
        running = false;
        failing = failing && !healthy;
    }
}
