package io.evenkeel.events.kafka;

import io.evenkeel.events.Keys;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.TopicSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events, each with a callback: what does not arrive is counted, logged with topic and key, and told by the stage
 * that was returned. For many threads. Stages complete on the producer's own thread: don't block there.
 */
public final class EventPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Producer<String, Object> producer;
    private final AtomicLong failures = new AtomicLong();

    /** @param serializer of {@link io.evenkeel.events.serde.EventSerdes} */
    public EventPublisher(KafkaSettings settings, String clientId, Serializer<Object> serializer) {
        this(new KafkaProducer<>(settings.producer(clientId), new StringSerializer(), serializer));
    }

    EventPublisher(Producer<String, Object> producer) {
        this.producer = producer;
    }

    /** Sends with key and partition by rule. */
    public CompletionStage<RecordMetadata> send(TopicSpec topic, Object event) {
        return send(topic, Keys.of(event), Partitioning.ofEvent(event, topic.partitions()), event);
    }

    /** Sends to a partition of the caller's choice, as ticks need. */
    public CompletionStage<RecordMetadata> send(TopicSpec topic, String key, int partition, Object event) {
        return deliver(topic, key, partition, event);
    }

    /** Deletes a key of a compacted topic. */
    public CompletionStage<RecordMetadata> sendTombstone(TopicSpec topic, String key, int partition) {
        return deliver(topic, key, partition, null);
    }

    /** Records that did not arrive since the start. */
    public long failures() {
        return failures.get();
    }

    /** Returns when all that was sent has arrived or failed. */
    public void flush() {
        producer.flush();
    }

    /** Waits at most 10 s for what is on its way. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private CompletionStage<RecordMetadata> deliver(TopicSpec topic, String key, int partition,
            @Nullable Object event) {
        var delivered = new CompletableFuture<RecordMetadata>();
        try {
            var _ = producer.send(new ProducerRecord<>(topic.name(), partition, key, event), (metadata, failure) -> {
                if (failure == null) {
                    delivered.complete(metadata);
                } else {
                    failed(topic, key, failure, delivered);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // The serializer, or a producer that is closed or fenced: thrown here, not told by the callback.
            failed(topic, key, e, delivered);
        }
        return delivered;
    }

    private void failed(TopicSpec topic, String key, Exception failure, CompletableFuture<RecordMetadata> delivered) {
        if (delivered.completeExceptionally(failure)) {
            failures.incrementAndGet();
            LOG.atError().setMessage("event was not delivered").addKeyValue("topic", topic.name())
                    .addKeyValue("key", key).addKeyValue("error", failure.toString()).log();
        }
    }
}
