package io.evenkeel.core.health;

import java.time.Duration;

/**
 * The numbers that turn results of a cluster's probes into its state.
 *
 * @param failureThreshold consecutive results of one vantage that say the same ill, 1 to 100
 * @param recoveryThreshold consecutive results in order, 1 to 100
 * @param minimumHealthy how long a cluster that was FAILED or QUORUM_LOST must have been in order to be HEALTHY
 */
public record ClusterPolicy(int failureThreshold, int recoveryThreshold, Duration minimumHealthy) {

    public ClusterPolicy {
        Checks.between("health.failureThreshold", failureThreshold, 1, 100);
        Checks.between("health.recoveryThreshold", recoveryThreshold, 1, 100);
        Checks.notNegative("health.minimumHealthy", minimumHealthy);
    }
}
