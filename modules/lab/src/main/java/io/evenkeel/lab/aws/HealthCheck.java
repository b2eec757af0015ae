package io.evenkeel.lab.aws;

import java.time.Instant;

/**
 * A health check with what its checker has seen.
 *
 * @param version grows by one with each update
 * @param up what the probes say, after the threshold; a check that has not probed yet is up
 * @param streak probes in a row that spoke against {@code up}
 * @param lastSeen result of the newest probe in Route 53's words
 * @param lastChecked time of the newest probe; that of creation before the first one
 */
record HealthCheck(String id, String callerReference, HealthCheckConfig config, long version, boolean up, int streak,
        String lastSeen, Instant lastChecked) {

    HealthCheck withConfig(HealthCheckConfig next) {
        return new HealthCheck(id, callerReference, next, version + 1, up, streak, lastSeen, lastChecked);
    }

    /** Takes in one probe: the state turns once FailureThreshold of them in a row speak against it. */
    HealthCheck probed(EndpointProbe.Result result, Instant at) {
        int against = result.healthy() == up ? 0 : streak + 1;
        boolean turns = against >= config.failureThreshold();
        return new HealthCheck(id, callerReference, config, version, turns != up, turns ? 0 : against, result.text(),
                at);
    }
}
