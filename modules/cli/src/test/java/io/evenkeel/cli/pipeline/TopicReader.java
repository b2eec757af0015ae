package io.evenkeel.cli.pipeline;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Follows a topic from its beginning as a downstream team does: committed records only. */
final class TopicReader<T> implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<T> decoder;
    private final List<Seen<T>> seen = new CopyOnWriteArrayList<>();
    private final Thread thread;

    /**
     * A record.
     *
     * @param nanos when it reached the reader, by {@link System#nanoTime}
     */
    record Seen<T>(T event, ConsumerRecord<byte[], byte[]> bytes, long nanos) {}

    TopicReader(KafkaSettings kafka, TopicSpec topic, Deserializer<T> decoder) {
        this.decoder = decoder;
        consumer = new KafkaConsumer<>(kafka.reader("test"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, topic.partitions()).mapToObj(i -> new TopicPartition(topic.name(), i))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        thread = Thread.ofPlatform().daemon().name("test-" + topic).start(this::follow);
    }

    private void follow() {
        try (consumer) {
            while (true) {
                for (var bytes : consumer.poll(Duration.ofMillis(100))) {
                    seen.add(new Seen<>(decoder.deserialize(bytes.topic(), bytes.headers(), bytes.value()), bytes,
                            System.nanoTime()));
                }
            }
        } catch (WakeupException closed) {
            decoder.close();
        }
    }

    /** All so far, in order within a partition. */
    List<Seen<T>> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
