package io.evenkeel.probe.confirm;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.ProbeResult.Outcome;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One target, and what is known of it. For many threads. */
final class Watched {

    private final NodeTarget target;
    private final FalseAlarms falseAlarms;
    private final Spell spell = new Spell();
    private final Runnable whenDropped;
    private volatile Supplier<Outcome> reprobe;
    private volatile boolean removed;

    /** @param dropped is given this one whenever its kept-open connection was dropped */
    Watched(NodeTarget target, Duration interval, Supplier<Outcome> reprobe, Consumer<Watched> dropped) {
        this.target = target;
        this.whenDropped = () -> dropped.accept(this);
        this.falseAlarms = new FalseAlarms(interval);
        this.reprobe = reprobe;
    }

    String url() {
        return target.url();
    }

    /** Always the same one. */
    Runnable whenDropped() {
        return whenDropped;
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
    }

    /** The round that a scheduled probe's failure starts; null when none. */
    synchronized @Nullable Round failed(Outcome.Failure failure, long now) {
        return !removed && spell.failed(failure.reason()) ? Round.afterFailure(failure.reason(), now) : null;
    }

    synchronized void succeeded() {
        spell.succeeded();
    }

    /** The round that a dropped connection starts; null when none, as when that was too often a false alarm. */
    synchronized @Nullable Round dropped(long now) {
        return !removed && falseAlarms.mayHappen(now) && spell.dropped() ? Round.afterDrop(now) : null;
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
}
