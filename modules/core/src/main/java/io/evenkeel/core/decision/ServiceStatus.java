package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import java.time.Instant;

/** Which side of a service is active now: the value of {@code service-states}. */
public record ServiceStatus(ServiceId service, ClusterId active, FailoverTransition.State state, Instant since,
        long version) {

    public static ServiceStatus of(FailoverTransition transition) {
        return new ServiceStatus(transition.service(), transition.active(), transition.state(), transition.at(),
                transition.version());
    }
}
