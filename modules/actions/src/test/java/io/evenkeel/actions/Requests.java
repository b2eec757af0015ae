package io.evenkeel.actions;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.ServiceId;
import java.time.Instant;

/** Requests that the tests of this package use. */
final class Requests {

    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final ClusterId PRIMARY = new ClusterId("primary");
    static final ClusterId STANDBY = new ClusterId("standby");
    static final ServiceId SERVICE = new ServiceId("search");
    static final String INSTANCE_ID = "i-0123456789abcdef0";
    static final String SCALING_GROUP = "es-data";

    private Requests() {}

    static ActionRequest replace() {
        var command = new ReplaceInstance(new NodeId(PRIMARY, "data-1"), SCALING_GROUP, INSTANCE_ID);
        return new ActionRequest("incident-1/1", "incident-1", command, T0, T0.plusSeconds(300), 1, "rev",
                "data-1 is DOWN");
    }

    static ActionRequest failOver(long epoch) {
        var command = new FailOver(SERVICE, PRIMARY, STANDBY, epoch);
        return new ActionRequest("incident-2/" + epoch, "incident-2", command, T0, T0.plusSeconds(300), epoch, "rev",
                "primary is FAILED");
    }

    static ActionOutcome outcome(ActionRequest request, Status status, int attempt) {
        return new ActionOutcome(request, status, "owner-" + attempt, attempt, T0.plusSeconds(60L * attempt), T0, "");
    }
}
