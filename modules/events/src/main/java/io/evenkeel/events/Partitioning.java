package io.evenkeel.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.health.HealthProgress;
import org.apache.kafka.common.utils.Utils;

/**
 * Which partition a record belongs to: murmur2 of the cluster id or serial key as Kafka's Java producer does for a key,
 * also where the record key is longer, so that all that is known of a cluster meets in one partition.
 *
 * @param partitions of the topic
 */
public record Partitioning(int partitions) {

    /** For the topics that are spread over {@value Topics#SPREAD} partitions. */
    public static final Partitioning SPREAD = new Partitioning(Topics.SPREAD);

    public int forCluster(ClusterId cluster) {
        return of(cluster.value(), partitions);
    }

    public int forSerialKey(String serialKey) {
        return of(serialKey, partitions);
    }

    /** Where Kafka's own partitioner would put a record of this key. */
    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }

    /**
     * The partition of an event by rule; ticks have none of their own and go where they are sent. What is said of a
     * partition goes into the one of the same number.
     */
    public static int ofEvent(Object event, int partitions) {
        return event instanceof HealthProgress progress
                ? progress.partition() % partitions
                : of(Keys.partitionKey(event), partitions);
    }
}
