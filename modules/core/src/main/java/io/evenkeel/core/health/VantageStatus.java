package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import java.time.Instant;

/** Where a vantage stands now, as one cluster knows it: the value of {@code vantage-states}. */
public record VantageStatus(ClusterId cluster, Vantage vantage, VantageState state, Instant since, long version,
        String reason) {

    public static VantageStatus of(VantageTransition transition) {
        return new VantageStatus(transition.cluster(), transition.vantage(), transition.to(), transition.at(),
                transition.version(), transition.reason());
    }
}
