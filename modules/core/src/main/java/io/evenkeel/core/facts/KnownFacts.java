package io.evenkeel.core.facts;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest of each group that any agent could read, with the time it was read at, so that its age can be told at any
 * later time. An agent that can read less than another takes nothing away.
 *
 * @param readAt by group, on the broker's clock
 */
public record KnownFacts(ClusterFacts facts, SortedMap<FactGroup, Instant> readAt) {

    public KnownFacts {
        readAt = Collections.unmodifiableSortedMap(new TreeMap<>(readAt));
    }

    public static KnownFacts none(ClusterId cluster) {
        return new KnownFacts(ClusterFacts.none(cluster), new TreeMap<>());
    }

    /**
     * With what an agent has read, as far as that is newer.
     *
     * @param receivedAt append time of the agent's record (broker clock)
     */
    public KnownFacts with(ClusterFacts read, Instant receivedAt) {
        var times = new TreeMap<>(readAt);
        var newer = EnumSet.noneOf(FactGroup.class);
        read.ages().forEach((group, age) -> {
            var at = receivedAt.minus(age);
            if (!at.isBefore(times.getOrDefault(group, Instant.MIN))) {
                times.put(group, at);
                newer.add(group);
            }
        });
        return newer.isEmpty() ? this : new KnownFacts(facts.taking(newer, read), times);
    }

    /** How long ago a group was read; empty when it never was. */
    public Optional<Duration> age(FactGroup group, Instant now) {
        return Optional.ofNullable(readAt.get(group)).map(at -> Duration.between(at, now));
    }
}
