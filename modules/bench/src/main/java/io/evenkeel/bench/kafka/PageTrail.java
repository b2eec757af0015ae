package io.evenkeel.bench.kafka;

import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.notification.Notification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** When a failed cluster could be read on the topics between its transition and the webhook: committed records only. */
final class PageTrail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration JOIN = Duration.ofSeconds(10);
    private static final String INPUTS = KafkaWorld.TOPICS.decisionInputs().name();
    private static final String NOTIFICATIONS = KafkaWorld.TOPICS.notifications().name();

    private final Map<String, Long> ordered = new ConcurrentHashMap<>();
    private final Map<String, Long> notified = new ConcurrentHashMap<>();
    private final Deserializer<Object> deserializer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread reader;

    PageTrail(KafkaWorld world) {
        deserializer = world.wire().serdes().deserializer();
        consumer = new KafkaConsumer<>(world.kafka().reader("bench-trail"), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(INPUTS, 0), new TopicPartition(NOTIFICATIONS, 0)));
        consumer.seekToBeginning(consumer.assignment());
        reader = Thread.ofPlatform().daemon().name("bench-trail").start(this::follow);
    }

    private void follow() {
        try (consumer) {
            while (true) {
                for (var bytes : consumer.poll(POLL)) {
                    long nanos = System.nanoTime();
                    switch (deserializer.deserialize(bytes.topic(), bytes.value())) {
                        case ClusterTransition transition -> ordered.putIfAbsent(transition.cluster().value(), nanos);
                        case Notification notification -> notification.alerts()
                                .forEach(alert -> notified.putIfAbsent(alert.subject(), nanos));
                        case null, default -> {
                            // Ticks, and what came of the rest.
                        }
                    }
                }
            }
        } catch (WakeupException closed) {
            deserializer.close();
        }
    }

    /** When its transition stood in the one order of DECISION's inputs, by {@link System#nanoTime}. */
    Optional<Long> orderedAt(String cluster) {
        return Optional.ofNullable(ordered.get(cluster));
    }

    /** When ALERT's notification of it could be read, by {@link System#nanoTime}. */
    Optional<Long> notifiedAt(String cluster) {
        return Optional.ofNullable(notified.get(cluster));
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(JOIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
