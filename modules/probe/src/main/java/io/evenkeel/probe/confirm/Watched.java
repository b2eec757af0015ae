package io.evenkeel.probe.confirm;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.confirm.KeptConnections.Kept;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One target: what is known, and its kept-open connection. For many threads. */
final class Watched {

    private final NodeTarget target;
    private final FalseAlarms falseAlarms;
    private final Spell spell = new Spell();
    private volatile Supplier<Outcome> reprobe;
    private volatile boolean removed;
    private boolean opening;
    private @Nullable Kept kept;

    Watched(NodeTarget target, Duration interval, Supplier<Outcome> reprobe) {
        this.target = target;
        this.falseAlarms = new FalseAlarms(interval);
        this.reprobe = reprobe;
    }

    String url() {
        return target.url();
    }

    /** Another incarnation, or another address, begins anew. */
    boolean isSame(NodeTarget other) {
        return target.url().equals(other.url()) && target.incarnation().equals(other.incarnation());
    }

    void reprobeBy(Supplier<Outcome> next) {
        reprobe = next;
    }

    Outcome reprobe() {
        return reprobe.get();
    }

    boolean removed() {
        return removed;
    }

    synchronized void remove() {
        removed = true;
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }

    /** The round that a scheduled probe's failure starts; null when none. */
    synchronized @Nullable Round failed(Outcome.Failure failure, long now) {
        return !removed && spell.failed(failure.reason()) ? Round.afterFailure(failure.reason(), now) : null;
    }

    synchronized void succeeded() {
        spell.succeeded();
    }

    /** The round that a dropped connection starts; null when none. */
    synchronized @Nullable Round dropped(long now) {
        kept = null;
        return !removed && spell.dropped() ? Round.afterDrop(now) : null;
    }

    synchronized boolean stillFailing() {
        return !removed && spell.failing();
    }

    synchronized void confirmed(Cadence cadence) {
        spell.confirmed(cadence);
    }

    synchronized void roundEnded(boolean healthy) {
        spell.roundEnded(healthy);
    }

    synchronized void falseAlarm(long now) {
        falseAlarms.happened(now);
    }

    /**
     * Whether the caller is to open a connection now: it must call {@link #opened} or {@link #notOpened}. Not during a
     * round, which may yet end as a false alarm.
     */
    synchronized boolean beginOpening(long now) {
        if (removed || opening || kept != null || spell.running() || !falseAlarms.mayHappen(now)) {
            return false;
        }
        opening = true;
        return true;
    }

    synchronized void opened(Kept fresh) {
        opening = false;
        if (removed) {
            fresh.close();
        } else if (fresh.isOpen()) {
            kept = fresh;
        }
    }

    synchronized void notOpened() {
        opening = false;
    }
}
