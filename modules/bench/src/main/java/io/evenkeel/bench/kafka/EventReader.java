package io.evenkeel.bench.kafka;

import io.evenkeel.events.TopicSpec;
import java.time.Duration;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Follows a topic from its beginning as a downstream team does: committed records only. */
final class EventReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Object> deserializer;
    private final ObjLongConsumer<Object> taker;
    private final Thread thread;

    /**
     * Begins at once.
     *
     * @param taker is given each event and when it could be read, by {@link System#nanoTime}; on a thread of the reader's
     */
    EventReader(KafkaWorld world, TopicSpec topic, ObjLongConsumer<Object> taker) {
        this.taker = taker;
        deserializer = world.wire().serdes().deserializer();
        consumer = new KafkaConsumer<>(world.kafka().reader("bench-" + topic.name()), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, topic.partitions()).mapToObj(i -> new TopicPartition(topic.name(), i))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        thread = Thread.ofPlatform().daemon().name("bench-" + topic.name()).start(this::follow);
    }

    private void follow() {
        try (consumer) {
            while (true) {
                for (var bytes : consumer.poll(POLL)) {
                    long nanos = System.nanoTime();
                    taker.accept(deserializer.deserialize(bytes.topic(), bytes.value()), nanos);
                }
            }
        } catch (WakeupException closed) {
            deserializer.close();
        }
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
