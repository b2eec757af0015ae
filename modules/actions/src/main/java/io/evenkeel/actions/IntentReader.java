package io.evenkeel.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.decision.Intent;
import io.evenkeel.events.kafka.KafkaClients;
import io.evenkeel.events.kafka.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code intents} from the beginning and follows them. Twice a second it asks the broker for the end: only what was
 * read up to an end asked for within the last 2 s is complete, so a hold that was acknowledged is never overlooked because
 * this partition's broker is away.
 */
final class IntentReader implements Loop.Body {

    private static final Logger LOG = LoggerFactory.getLogger(IntentReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ASK_END_EVERY = Duration.ofMillis(500);
    private static final Duration ASK_END_WITHIN = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Deserializer<Object> decoder;
    private final LiveView live;
    private long endAskedNanos;

    IntentReader(KafkaClients clients, String topic, Deserializer<Object> decoder, LiveView live) {
        this.consumer = clients.reader("intents", "read_uncommitted");
        this.partition = new TopicPartition(topic, 0);
        this.decoder = decoder;
        this.live = live;
        this.endAskedNanos = System.nanoTime() - ASK_END_EVERY.toNanos();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    @Override
    public void turn() {
        // A registry that is away throws from here: the loop reads again from the beginning, and nothing counts as complete.
        consumer.poll(POLL).forEach(this::take);
        long now = System.nanoTime();
        if (now - endAskedNanos >= ASK_END_EVERY.toNanos()) {
            endAskedNanos = now;
            long end = consumer.endOffsets(List.of(partition), ASK_END_WITHIN).getOrDefault(partition, Long.MAX_VALUE);
            while (consumer.position(partition, ASK_END_WITHIN) < end
                    && System.nanoTime() - now < ASK_END_WITHIN.toNanos()) {
                consumer.poll(POLL).forEach(this::take);
            }
            if (consumer.position(partition, ASK_END_WITHIN) >= end) {
                live.intentsComplete(now);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var key = record.key() == null ? "" : new String(record.key(), UTF_8);
        byte @Nullable [] value = record.value();
        if (value == null) {
            live.release(key);
            return;
        }
        try {
            if (decoder.deserialize(partition.topic(), value) instanceof Intent intent) {
                live.put(intent);
                return;
            }
        } catch (SerializationException e) {
            LOG.atError().addKeyValue("topic", partition.topic()).addKeyValue("offset", record.offset())
                    .addKeyValue("key", key).addKeyValue("error", e.getMessage()).log("intent does not decode");
        }
        standingIn(key, record.timestamp()).ifPresent(live::put);
    }

    /** The key alone tells what is meant: an unreadable hold holds until it is released. */
    private static Optional<Intent> standingIn(String key, long timestamp) {
        int slash = key.indexOf('/');
        return Arrays.stream(Intent.Kind.values())
                .filter(kind -> slash > 0 && kind.name().equalsIgnoreCase(key.substring(0, slash)))
                .findFirst()
                .map(kind -> new Intent(kind, key.substring(slash + 1), "unknown",
                        "this intent's record cannot be read",
                        Instant.ofEpochMilli(timestamp), Instant.MAX));
    }

    @Override
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
