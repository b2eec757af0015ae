package io.evenkeel.bench.kafka;

import io.evenkeel.events.TopicSpec;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A topology that passes the same records through: reads the bytes, looks at none of them, writes each, and answers those
 * that a bench marks with a commit as HEALTH does it for a transition.
 */
final class PassThrough {

    /** A record with this header ends a backlog. */
    static final String MARK = "bench-mark";

    private PassThrough() {}

    static Topology topology() {
        var topology = new Topology();
        topology.addSource("read-results", new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                KafkaWorld.TOPICS.probeResults().name());
        topology.addProcessor("pass", Pass::new, "read-results");
        sink(topology, "write", KafkaWorld.PASSED);
        sink(topology, "answer", KafkaWorld.REFERENCE);
        return topology;
    }

    private static void sink(Topology topology, String name, TopicSpec topic) {
        topology.addSink(name, topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), "pass");
    }

    private static final class Pass extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> bytes) {
            var mark = bytes.headers().lastHeader(MARK);
            if (mark == null) {
                context().forward(bytes, "write");
            } else {
                context().forward(new Record<>(bytes.key(), mark.value(), bytes.timestamp()), "answer");
                context().commit();
            }
        }
    }
}
