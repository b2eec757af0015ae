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

    /** @param traffic how each service is moved; a service that is missing here is refused */
    public ActionHandlers(InstanceHealth instances, Map<ServiceId, TrafficSwitch> traffic) {
        this.instances = instances;
        this.traffic = Map.copyOf(traffic);
    }

    Ending handle(ActionRequest request, Attempt attempt) throws InterruptedException {
        return switch (request.command()) {
            case ReplaceInstance replace -> EffectRunner.run(attempt, new ReplaceInstanceEffect(replace, instances));
            case FailOver over -> {
                var port = traffic.get(over.service());
                yield port == null
                        ? new Ending(Status.REFUSED, "configuration: no dns strategy for service " + over.service())
                        : EffectRunner.run(attempt, new FailOverEffect(over, port));
            }
        };
    }
}
