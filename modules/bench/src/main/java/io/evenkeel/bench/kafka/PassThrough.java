package io.evenkeel.bench.kafka;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The least that a topology can do with the same records: reads the bytes, looks at none of them, passes one of many on,
 * and every one that a bench marks, with a commit as HEALTH does it for a transition.
 */
final class PassThrough {

    /** A record with this header ends a backlog. */
    static final String MARK = "bench-mark";

    private static final int ONE_OF = 10_000;

    private PassThrough() {}

    static Topology topology() {
        var topology = new Topology();
        topology.addSource("read-results", new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                KafkaWorld.TOPICS.probeResults().name());
        topology.addProcessor("pass", Pass::new, "read-results");
        topology.addSink("write", KafkaWorld.REFERENCE.name(), new ByteArraySerializer(), new ByteArraySerializer(),
                "pass");
        return topology;
    }

    private static final class Pass extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private int seen;

        @Override
        public void process(Record<byte[], byte[]> bytes) {
            var mark = bytes.headers().lastHeader(MARK);
            if (mark != null) {
                context().forward(new Record<>(bytes.key(), mark.value(), bytes.timestamp()));
                context().commit();
            } else if (++seen % ONE_OF == 0) {
                context().forward(bytes);
            }
        }
    }
}
