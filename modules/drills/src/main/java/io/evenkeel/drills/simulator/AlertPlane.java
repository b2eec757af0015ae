package io.evenkeel.drills.simulator;

import io.evenkeel.core.alert.AlertInput;
import io.evenkeel.core.alert.AlertState;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.notification.NotificationInput;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.core.notification.NotificationState;
import io.evenkeel.drills.simulator.rule.Happening;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * ALERT and the notifications behind it: reads {@code decision-inputs} and {@code decisions}; state and position are
 * committed with every record.
 */
final class AlertPlane implements PipelineTask {

    private final Parts parts;
    private final Consumer<Happening> happenings;
    private final Log<DecisionInput> log;
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private final NotificationPolicy policy = Policies.notifications();
    private AlertState state = AlertState.empty();
    private NotificationState notifications = NotificationState.empty();
    private Instant now = Instant.EPOCH;
    private long position;
    private boolean running;

    AlertPlane(Parts parts, Consumer<Happening> happenings, Log<DecisionInput> log) {
        this.parts = parts;
        this.happenings = happenings;
        this.log = log;
    }

    void decided(Decision decision) {
        decisions.add(decision);
    }

    void readOn() {
        while (running && position < log.end()) {
            var appended = Instant.ofEpochMilli(log.appendedAt(position));
            now = appended.isAfter(now) ? appended : now;
            var input = log.value(position++);
            apply(new AlertInput.Told(input));
            happenings.accept(new Happening.AlertsJudged(Optional.of(input), now));
        }
        while (running && !decisions.isEmpty()) {
            apply(new AlertInput.Decided(decisions.removeFirst()));
            happenings.accept(new Happening.AlertsJudged(Optional.empty(), now));
        }
    }

    private void apply(AlertInput input) {
        var step = parts.alert(state, input, now);
        state = step.state();
        for (var alert : step.alerts()) {
            happenings.accept(new Happening.Alerted(alert));
            notify(new NotificationInput.Alerted(alert));
        }
        if (input instanceof AlertInput.Told(var told)) {
            notify(new NotificationInput.Told(told));
        }
    }

    private void notify(NotificationInput input) {
        var step = parts.notify(notifications, input, policy, now);
        notifications = step.state();
        step.notifications().forEach(told -> happenings.accept(new Happening.Notified(told)));
    }

    @Override
    public void start() {
        running = true;
        readOn();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void freeze() {
        running = false;
    }

    @Override
    public void thaw() {
        running = true;
        readOn();
    }

    /** What it would do is not committed, and nothing else is left of it. */
    @Override
    public void wakeAsZombie() {}

    @Override
    public void dieBeforeCommit(Runnable death) {}

    /** Alerts are at least once by design; repeats are recognised by key and sequence. */
    @Override
    public void replay() {}
}
