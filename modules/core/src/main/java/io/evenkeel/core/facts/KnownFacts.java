package io.evenkeel.core.facts;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Facts with the time they came, so that their age can be told at any later time.
 *
 * @param receivedAt append time of the agent's record (broker clock)
 */
public record KnownFacts(ClusterFacts facts, Instant receivedAt) {

    public static KnownFacts none(ClusterId cluster) {
        return new KnownFacts(ClusterFacts.none(cluster), Instant.EPOCH);
    }

    /** How long ago a group was read; empty when it never was. */
    public Optional<Duration> age(FactGroup group, Instant now) {
        return Optional.ofNullable(facts.ages().get(group))
                .map(ageAtSend -> Duration.between(receivedAt, now).plus(ageAtSend));
    }
}
