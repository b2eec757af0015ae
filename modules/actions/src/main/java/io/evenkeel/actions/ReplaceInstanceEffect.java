package io.evenkeel.actions;

import io.evenkeel.actions.Effect.Seen.Absent;
import io.evenkeel.actions.Effect.Seen.There;
import io.evenkeel.actions.Effect.Seen.Trouble;
import io.evenkeel.actions.Effect.Seen.Unfit;
import io.evenkeel.core.action.Command.ReplaceInstance;

/** The instance is marked unhealthy, so that its Auto Scaling group replaces it. */
final class ReplaceInstanceEffect implements Effect {

    private final ReplaceInstance command;
    private final InstanceHealth instances;

    ReplaceInstanceEffect(ReplaceInstance command, InstanceHealth instances) {
        this.command = command;
        this.instances = instances;
    }

    @Override
    public Seen read() {
        return switch (instances.read(command.instanceId())) {
            case InstanceHealth.PreState.Healthy(var group) -> group.equals(command.autoScalingGroup())
                    ? new Absent("InService and healthy in " + group)
                    : new Unfit(wrongGroup(group));
            case InstanceHealth.PreState.AlreadyUnhealthy(var group, var lifecycle) ->
                group.equals(command.autoScalingGroup())
                        ? new There(group + " lists " + command.instanceId() + " as unhealthy, " + lifecycle)
                        : new Unfit(wrongGroup(group));
            case InstanceHealth.PreState.NotInService(var group, var lifecycle) ->
                new Unfit(
                        "lifecycle: " + command.instanceId() + " is " + lifecycle + " in " + group + ", not InService");
            case InstanceHealth.PreState.Gone() ->
                new There("no Auto Scaling group lists " + command.instanceId() + " any more");
            case CallFailure failure -> new Trouble(failure);
        };
    }

    private String wrongGroup(String found) {
        return "group: " + command.instanceId() + " is in " + found + ", not in " + command.autoScalingGroup();
    }

    @Override
    public Seen act() {
        return switch (instances.markUnhealthy(command.instanceId())) {
            case InstanceHealth.Marking.Marked() -> new There("marked " + command.instanceId() + " Unhealthy");
            case InstanceHealth.Marking.Deferred(var detail) -> new Unfit("grace-period: " + detail);
            case CallFailure failure -> new Trouble(failure);
        };
    }

    @Override
    public Seen verify() {
        return read();
    }
}
