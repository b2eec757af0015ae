package io.evenkeel.core.health;

import io.evenkeel.core.health.ProbeResult.Timing;

/** Whether an agent's failures count: an observer's failure is never a target's failure. */
final class Doubts {

    private Doubts() {}

    /** Why not; empty when they do. */
    static String of(ProbeSource source, Timing timing, HealthPolicy policy) {
        if (!source.doubt().isEmpty()) {
            return source.doubt();
        }
        return timing.lateness().compareTo(policy.maxLateness()) > 0
                ? "runs " + timing.lateness().toMillis() + " ms late"
                : "";
    }
}
