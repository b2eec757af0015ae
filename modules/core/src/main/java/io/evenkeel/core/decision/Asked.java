package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Instant;

/** An action that was asked for lately, for the gates that count. What was refused before any call is forgotten. */
public record Asked(String request, String incident, Decision.Action action, ClusterId cluster, Instant at) {

    boolean isReplacementIn(ClusterId other) {
        return action == Decision.Action.REPLACE_INSTANCE && cluster.equals(other);
    }
}
