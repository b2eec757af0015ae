package io.evenkeel.core.health;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The numbers that turn results of a node's probes into its state.
 *
 * @param classes what each class of failures counts for; one for every {@link FailureReason}
 * @param recoveryThreshold consecutive successes that make a vantage's vote UP again, 1 to 100
 * @param minimumHealthy how long the successes must have lasted before a node that was DOWN is UP
 * @param startupGrace failures of a JOINING node don't count for this long after it was first expected
 * @param confirmations failed re-probes of one vantage that make its vote "confirmed dead", 1 to 10; 0 never
 * @param contradictionAfter other evidence of life, observed this long after the first failure or later, makes a node
 *     UNREACHABLE instead of DOWN. Longer than Elasticsearch takes to drop a hanging member (33 s), shorter than
 *     {@code actAfter}
 * @param overrideFlappingAfter a FLAPPING node that was voted DOWN for this long is DOWN: {@code actAfter}
 * @param flapping when it comes and goes too often
 * @param staleAfter what a vantage said of a node longer ago is no vote; a node that nobody spoke of for longer is
 *     UNKNOWN; at least 1 s, and longer than the interval that nodes of this role are probed at
 */
public record NodePolicy(Map<FailureReason, FailureClass> classes, int recoveryThreshold, Duration minimumHealthy,
        Duration startupGrace, int confirmations, Duration contradictionAfter, Duration overrideFlappingAfter,
        Flapping flapping, Duration staleAfter) {

    public NodePolicy {
        classes = Collections.unmodifiableMap(new EnumMap<>(classes));
        for (var reason : FailureReason.values()) {
            if (!classes.containsKey(reason)) {
                throw new IllegalArgumentException("health.classes lacks " + reason);
            }
        }
        classes.forEach((reason, counted) -> {
            if (reason.isAlive() && counted.mayFollow() == Consequence.REPLACE) {
                throw new IllegalArgumentException(reason + " must never lead to a replacement: the process lives");
            }
        });
        Checks.between("health.recoveryThreshold", recoveryThreshold, 1, 100);
        Checks.between("health.confirmations", confirmations, 0, 10);
        Checks.notNegative("health.minimumHealthy", minimumHealthy);
        Checks.notNegative("health.startupGrace", startupGrace);
        Checks.notNegative("health.contradictionAfter", contradictionAfter);
        Checks.notNegative("health.overrideFlappingAfter", overrideFlappingAfter);
        Checks.stale(staleAfter);
    }

    public FailureClass of(FailureReason reason) {
        return classes.getOrDefault(reason, new FailureClass(Threshold.inARow(1), Consequence.NOTHING));
    }
}
