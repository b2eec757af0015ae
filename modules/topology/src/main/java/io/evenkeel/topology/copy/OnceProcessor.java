package io.evenkeel.topology.copy;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.state.StateStores;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each copy on once, in the order of its source, as {@link PassedOn} says: copies are written at least once. What is
 * no copy passes.
 */
public final class OnceProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(OnceProcessor.class);
    private static final String STORE = "copied";
    /** Key of the offset that was read last where copies are; nobody writes there in transactions, so it has no gaps. */
    private static final String READ = "read";
    /** Before topic and partition of a source. */
    private static final String SOURCE = "source/";

    private final TopicSpec copies;
    private final TopologyMeters meters;
    private KeyValueStore<String, byte[]> store;

    private OnceProcessor(TopicSpec copies, TopologyMeters meters) {
        this.copies = copies;
        this.meters = meters;
    }

    /** @param copies where they are, in one partition; what comes from elsewhere passes */
    public record Supplier(TopicSpec copies, TopologyMeters meters)
            implements
                ProcessorSupplier<byte[], byte[], byte[], byte[]> {
        @Override
        public Processor<byte[], byte[], byte[], byte[]> get() {
            return new OnceProcessor(copies, meters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return StateStores.inMemory(STORE);
        }
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> bytes) {
        var read = context().recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a source record without metadata"));
        if (!read.topic().equals(copies.name())) {
            context().forward(bytes);
            return;
        }
        noticeLoss(read.offset());
        var origin = Origin.of(bytes.headers());
        if (origin.isEmpty() || isNext(origin.get())) {
            context().forward(bytes);
        }
    }

    /** Copies that were deleted before they were read, by retention, say, never come: nothing may wait for them. */
    private void noticeLoss(long offset) {
        byte[] last = store.get(READ);
        store.put(READ, ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
        if (last == null || ByteBuffer.wrap(last).getLong() + 1 == offset) {
            return;
        }
        LOG.atWarn().addKeyValue("topic", copies.name()).addKeyValue("last", ByteBuffer.wrap(last).getLong())
                .addKeyValue("next", offset).log("records were deleted before they were read");
        var known = new ArrayList<KeyValue<String, byte[]>>();
        try (var sources = store.prefixScan(SOURCE, new StringSerializer())) {
            sources.forEachRemaining(known::add);
        }
        known.forEach(source -> store.put(source.key, PassedOn.of(source.value).afterLoss().bytes()));
    }

    private boolean isNext(Origin copy) {
        String source = SOURCE + copy.partition();
        byte[] kept = store.get(source);
        if (kept == null) {
            store.put(source, PassedOn.of(copy).bytes());
            return true;
        }
        var before = PassedOn.of(kept);
        var verdict = before.verdict(copy);
        if (verdict != PassedOn.Verdict.NEXT) {
            LOG.atDebug().addKeyValue("copy", copy).addKeyValue("before", before).addKeyValue("verdict", verdict)
                    .log("a copy is not passed on");
            meters.copyPassedOver(verdict.name());
            return false;
        }
        store.put(source, before.then(copy).bytes());
        return true;
    }
}
