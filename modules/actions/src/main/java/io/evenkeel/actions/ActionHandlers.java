package io.evenkeel.actions;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.cluster.ServiceId;
import java.util.Map;

/** Which port carries out which command. */
public final class ActionHandlers {

    private final InstanceHealth instances;
    private final Map<ServiceId, TrafficSwitch> traffic;
    private final LastLook lastLook;

    /**
     * @param traffic how each service is moved; a service that is missing here is refused
     * @param lastLook what is seen and asked right before each call
     */
    public ActionHandlers(InstanceHealth instances, Map<ServiceId, TrafficSwitch> traffic, LastLook lastLook) {
        this.instances = instances;
        this.traffic = Map.copyOf(traffic);
        this.lastLook = lastLook;
    }

    Ending handle(ActionRequest request, Attempt attempt) throws InterruptedException {
        EffectRunner.Look look = () -> lastLook.at(request, attempt.callTimeout());
        return switch (request.command()) {
            case ReplaceInstance replace ->
                EffectRunner.run(attempt, new ReplaceInstanceEffect(replace, instances), look);
            case FailOver over -> {
                var port = traffic.get(over.service());
                yield port == null
                        ? new Ending(Status.REFUSED, "configuration: no dns strategy for service " + over.service())
                        : EffectRunner.run(attempt, new FailOverEffect(over, port), look);
            }
        };
    }
}
