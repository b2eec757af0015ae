package io.evenkeel.bench.kafka;

import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The least that any exactly-once topology with a state needs for one record: it judges nothing, keeps a kilobyte in a
 * store with a changelog, writes the record to {@link KafkaWorld#REFERENCE} and commits. What HEALTH takes above it is
 * HEALTH's own.
 */
final class CommitFloor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private static final String STORE = "kept";
    private static final byte[] KEPT = new byte[1_000];

    private KeyValueStore<Integer, byte[]> store;
    private int next;

    private CommitFloor() {}

    static Topology topology() {
        var topology = new Topology();
        topology.addSource("read", new ByteArrayDeserializer(), new ByteArrayDeserializer(), KafkaWorld.FLOOR.name());
        topology.addProcessor("keep", new Supplier(), "read");
        topology.addSink("write", KafkaWorld.REFERENCE.name(), new ByteArraySerializer(), new ByteArraySerializer(),
                "keep");
        return topology;
    }

    private static final class Supplier implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
        @Override
        public CommitFloor get() {
            return new CommitFloor();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.Integer(),
                    Serdes.ByteArray()));
        }
    }

    @Override
    public void init(org.apache.kafka.streams.processor.api.ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> bytes) {
        store.put(next++ % 1_000, KEPT);
        context().forward(bytes);
        context().commit();
    }
}
