package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import java.time.Instant;

/**
 * The active side of a service changed, or is about to.
 *
 * @param active the cluster that clients should use
 * @param state how far the failover has come; FAILED_OVER latches
 * @param version max(previous + 1, append time in µs), per service; also the fencing epoch of the failover's actions
 */
public record FailoverTransition(ServiceId service, ClusterId active, State state, Instant at, long version,
        long previousVersion, String incident, String reason) {

    public enum State {
        ON_PRIMARY, FAILING_OVER, FAILED_OVER
    }
}
