package io.evenkeel.topology.copy;

import io.evenkeel.topology.metrics.TopologyMeters;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each copy on once, in the order of its source, as {@link PassedOn} says: copies are written at least once. What is
 * no copy passes.
 */
public final class OnceProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(OnceProcessor.class);
    private static final String STORE = "copied";

    private final TopologyMeters meters;
    /** By topic and partition of the source. */
    private KeyValueStore<String, byte[]> sources;

    private OnceProcessor(TopologyMeters meters) {
        this.meters = meters;
    }

    public record Supplier(TopologyMeters meters) implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
        @Override
        public Processor<byte[], byte[], byte[], byte[]> get() {
            return new OnceProcessor(meters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(),
                    Serdes.ByteArray()));
        }
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        sources = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> bytes) {
        var origin = Origin.of(bytes.headers());
        if (origin.isEmpty() || isNext(origin.get())) {
            context().forward(bytes);
        }
    }

    private boolean isNext(Origin copy) {
        String source = copy.partition().toString();
        byte[] kept = sources.get(source);
        if (kept == null) {
            sources.put(source, PassedOn.of(copy).bytes());
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
        sources.put(source, before.then(copy).bytes());
        return true;
    }
}
