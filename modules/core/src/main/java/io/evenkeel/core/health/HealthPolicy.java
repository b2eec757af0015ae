package io.evenkeel.core.health;

import java.time.Duration;

/**
 * The numbers that turn probe results into states. Defaults follow the seed's thresholds (3 failures at 30 s).
 *
 * @param revision hash of the policy's content; every transition names it
 * @param failureThreshold consecutive failures of one vantage that make its vote DOWN, 1 to 100
 * @param recoveryThreshold consecutive successes that make its vote UP again, 1 to 100
 * @param minimumHealthy how long the successes must have lasted before a node that was DOWN is UP
 * @param staleAfter a vantage silent for longer has no vote; nobody heard for longer is UNKNOWN
 * @param startupGrace failures of a JOINING node don't count for this long after it was first expected
 */
public record HealthPolicy(String revision, int failureThreshold, int recoveryThreshold, Duration minimumHealthy,
        Duration staleAfter, Duration startupGrace) {

    public HealthPolicy {
        requireThreshold("health.failureThreshold", failureThreshold);
        requireThreshold("health.recoveryThreshold", recoveryThreshold);
        requireNotNegative("health.minimumHealthy", minimumHealthy);
        requireNotNegative("health.startupGrace", startupGrace);
        if (staleAfter.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("health.staleAfter must be at least 1 s, was " + staleAfter);
        }
    }

    /** 3 failures, 2 successes and a minute healthy; silent after 3 intervals of 30 s and a time-out; 5 min of grace. */
    public static HealthPolicy defaults(String revision) {
        return new HealthPolicy(revision, 3, 2, Duration.ofSeconds(60), Duration.ofSeconds(94), Duration.ofMinutes(5));
    }

    /**
     * Votes needed of the vantages expected for a target: a majority. 2 of 3, 2 of 2, 1 of 1.
     */
    public static int quorum(int expectedVantages) {
        return expectedVantages / 2 + 1;
    }

    private static void requireThreshold(String key, int value) {
        if (value < 1 || value > 100) {
            throw new IllegalArgumentException(key + " must be 1 to 100, was " + value);
        }
    }

    private static void requireNotNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + " must not be negative, was " + value);
        }
    }
}
