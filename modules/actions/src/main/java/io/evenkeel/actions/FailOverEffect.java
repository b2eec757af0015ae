package io.evenkeel.actions;

import io.evenkeel.actions.Effect.Seen.Absent;
import io.evenkeel.actions.Effect.Seen.There;
import io.evenkeel.actions.Effect.Seen.Trouble;
import io.evenkeel.actions.Effect.Seen.Unfit;
import io.evenkeel.core.action.Command.FailOver;
import org.jspecify.annotations.Nullable;

/** The service's name leads to the other cluster. */
final class FailOverEffect implements Effect {

    private final FailOver command;
    private final TrafficSwitch traffic;
    private TrafficSwitch.Switching.@Nullable Switched accepted;

    FailOverEffect(FailOver command, TrafficSwitch traffic) {
        this.command = command;
        this.traffic = traffic;
    }

    @Override
    public Seen read() {
        return switch (traffic.position(command.to())) {
            case TrafficSwitch.Position.OnTarget(var detail) -> new There(detail);
            case TrafficSwitch.Position.Elsewhere(var detail) -> new Absent(detail);
            case TrafficSwitch.Position.Unclear(var detail) -> new Unfit("dns: " + detail);
            case CallFailure failure -> new Trouble(failure);
        };
    }

    @Override
    public Seen act() {
        return switch (traffic.switchTo(command.to())) {
            case TrafficSwitch.Switching.Switched switched -> {
                accepted = switched;
                yield new There("switched to " + command.to() + " (undo: " + switched.undo() + ")");
            }
            case TrafficSwitch.Switching.Unclear(var detail) -> new Unfit("dns: " + detail);
            case CallFailure failure -> new Trouble(failure);
        };
    }

    @Override
    public Seen verify() {
        if (accepted == null) {
            throw new IllegalStateException("nothing was accepted yet for " + command.service());
        }
        return switch (traffic.verify(command.to(), accepted)) {
            case TrafficSwitch.Verification.InEffect() -> new There("in effect at Route 53");
            case TrafficSwitch.Verification.NotYet(var detail) -> new Absent(detail);
            case TrafficSwitch.Verification.Different(var detail) -> new Unfit(detail);
            case CallFailure failure -> new Trouble(failure);
        };
    }
}
