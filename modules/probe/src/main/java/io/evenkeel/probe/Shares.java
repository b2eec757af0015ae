package io.evenkeel.probe;

import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Topics;
import java.util.Set;

/**
 * The part of its vantage's targets that an agent probes. A vantage has {@value #COUNT} shares, one for each partition of
 * {@code targets}; a target belongs to one by the hash of its whole key, so that the nodes of one cluster are split too.
 *
 * @param numbers from 0
 */
record Shares(Set<Integer> numbers) {

    static final int COUNT = Topics.SPREAD;
    static final Shares NONE = new Shares(Set.of());

    Shares {
        numbers = Set.copyOf(numbers);
    }

    /** The share of a target, by its key in {@code targets}. */
    static int of(String key) {
        return Partitioning.of(key, COUNT);
    }

    boolean hold(String key) {
        return numbers.contains(of(key));
    }
}
