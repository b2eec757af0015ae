package io.evenkeel.topology;

import io.evenkeel.events.Partitioning;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.serde.EventSerdes;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/** Sinks as every topology needs them: events by the partition rule, bytes as they are. */
public final class Sinks {

    private Sinks() {}

    /** Events, each in the partition of its cluster or serial key. */
    public static void events(Topology topology, String name, TopicSpec topic, EventSerdes serdes, String parent) {
        topology.addSink(name, topic.name(), new StringSerializer(), serdes.serializer(),
                (String _, String _, Object event, int partitions) -> Optional
                        .of(Set.of(Partitioning.ofEvent(event, partitions))),
                parent);
    }

    /** Bytes as they were received, by their key. */
    public static void bytes(Topology topology, String name, TopicSpec topic, String... parents) {
        topology.addSink(name, topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), parents);
    }
}
