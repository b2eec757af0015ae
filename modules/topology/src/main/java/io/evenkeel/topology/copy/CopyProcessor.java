package io.evenkeel.topology.copy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Copies records as they are, tombstones too, and marks where each came from: no decoding, no registry, no loss. */
final class CopyProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    /** The offset copied last. Whoever begins anew knows of none. */
    private final Map<TopicPartition, Long> copied = new HashMap<>();

    /** Also called when a task is revived: it goes on with what was acknowledged, which may be less than was copied. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        copied.clear();
    }

    @Override
    public void process(Record<byte[], byte[]> bytes) {
        var source = context().recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a source record without metadata"));
        var partition = new TopicPartition(source.topic(), source.partition());
        var before = before(copied.put(partition, source.offset()), source.offset());
        new Origin(partition, source.offset(), before, Instant.ofEpochMilli(bytes.timestamp())).mark(bytes.headers());
        context().forward(bytes);
    }

    /** None that is later: the topic was deleted and created again. */
    private static OptionalLong before(@Nullable Long known, long offset) {
        return known == null || known >= offset ? OptionalLong.empty() : OptionalLong.of(known);
    }
}
