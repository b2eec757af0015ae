package io.evenkeel.topology;

import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** One processor, called as Kafka Streams calls it; what it keeps in its store outlives it. */
public final class DrivenProcessor {

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> store;
    private Processor<Record<byte[], byte[]>, Object, Object, Object> processor;

    /** @param topic what all records are said to come from */
    public DrivenProcessor(KeyValueBytesStoreSupplier stores, String topic,
            ProcessorSupplier<Record<byte[], byte[]>, Object, Object, Object> processors) {
        store = Stores.keyValueStoreBuilder(stores, Serdes.String(), Serdes.ByteArray()).withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        context.setRecordMetadata(topic, 0, 7);
        processor = processors.get();
        processor.init(context);
    }

    /** In a process that takes over. */
    public void goOnWith(ProcessorSupplier<Record<byte[], byte[]>, Object, Object, Object> processors) {
        processor = processors.get();
        processor.init(context);
    }

    /** As when partitions are assigned anew and this one comes back. */
    public void suspendAndResume() {
        processor.close();
        processor.init(context);
    }

    /** As after a transaction that was aborted: the store is empty, as nothing of it is in a changelog. */
    public void revive() {
        processor.close();
        store.close();
        store.init(context.getStateStoreContext(), store);
        processor.init(context);
    }

    /** @param nowMillis when it was appended and is read, in milliseconds since 1970 */
    public void tell(Object event, long nowMillis) {
        tell(new byte[0], event, nowMillis);
    }

    /** @param bytes what was received */
    public void tell(byte[] bytes, Object event, long nowMillis) {
        context.setCurrentSystemTimeMs(nowMillis);
        processor.process(new Record<>(new Record<>(bytes, bytes, nowMillis), event, nowMillis));
    }

    /** What was forwarded of a type, to whichever child. */
    public <T> List<T> forwarded(Class<T> type) {
        return context.forwarded().stream().map(forwarded -> forwarded.record().value()).filter(type::isInstance)
                .map(type::cast).toList();
    }

    /** What was forwarded to a child. */
    public List<Object> forwardedTo(String child) {
        return context.forwarded().stream()
                .filter(forwarded -> forwarded.childName().filter(child::equals).isPresent())
                .<Object>map(forwarded -> forwarded.record().value()).toList();
    }

    public void forgetForwarded() {
        context.resetForwards();
    }
}
