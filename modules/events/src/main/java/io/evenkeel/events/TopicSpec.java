package io.evenkeel.events;

import java.util.Map;

/**
 * A topic as it must be.
 *
 * @param name full name with prefix and suffix
 * @param partitions for good: records are found by them; another count is refused at start
 * @param configs Kafka's topic settings that differ from the broker's defaults
 */
public record TopicSpec(String name, int partitions, Map<String, String> configs) {

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions of " + name + " must be >= 1, was " + partitions);
        }
        configs = Map.copyOf(configs);
    }

    @Override
    public String toString() {
        return name;
    }
}
