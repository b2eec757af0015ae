package io.evenkeel.topology.decode;

import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Copies records as they are, tombstones too, and marks where each came from: no decoding, no registry, no loss. */
public final class CopyProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    @Override
    public void process(Record<byte[], byte[]> bytes) {
        var topic = context().recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a source record without metadata")).topic();
        SourceTopic.mark(bytes.headers(), topic, Instant.ofEpochMilli(bytes.timestamp()));
        context().forward(bytes);
        // What decides must not wait for the commit interval.
        context().commit();
    }
}
