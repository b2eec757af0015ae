package io.evenkeel.lab;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the pipeline says, read as any downstream team would: transitions, decisions, outcomes, alerts, from the
 * beginning, committed records only. Thread-safe.
 */
public final class LabEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LabEvents.class);

    private final KafkaConsumer<String, byte[]> consumer;
    private final EventSerdes serdes;
    private final Consumer<Seen> listener;
    private final List<Seen> seen = new ArrayList<>();
    private final Thread thread;

    /** An event and the broker's append time. */
    public record Seen(Instant at, Object event) {}

    LabEvents(String bootstrapServers, EventSerdes serdes, Consumer<Seen> listener) {
        this.serdes = serdes;
        this.listener = listener;
        var topics = new Topics();
        consumer = new KafkaConsumer<>(
                new KafkaSettings(java.util.Map.of("bootstrap.servers", bootstrapServers)).reader("evenkeel-lab"),
                new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List
                .of(topics.nodeTransitions(), topics.clusterTransitions(), topics.failoverTransitions(),
                        topics.decisions(), topics.actionOutcomes(), topics.alerts(), topics.notifications(),
                        topics.alertDeliveries())
                .stream().flatMap(topic -> partitions(topic).stream()).toList());
        consumer.seekToBeginning(consumer.assignment());
        thread = Thread.ofPlatform().daemon().name("lab-events").start(this::follow);
    }

    private static List<TopicPartition> partitions(TopicSpec topic) {
        var partitions = new ArrayList<TopicPartition>();
        for (int i = 0; i < topic.partitions(); i++) {
            partitions.add(new TopicPartition(topic.name(), i));
        }
        return partitions;
    }

    private void follow() {
        try (consumer; var events = serdes.deserializer()) {
            while (true) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() != null) {
                        tell(new Seen(Instant.ofEpochMilli(record.timestamp()),
                                events.deserialize(record.topic(), record.headers(), record.value())));
                    }
                }
            }
        } catch (WakeupException closed) {
            LOG.debug("no longer following");
        } catch (RuntimeException failed) {
            LOG.atError().setCause(failed).log("the lab no longer sees what the pipeline says");
        }
    }

    private void tell(Seen event) {
        synchronized (this) {
            seen.add(event);
            notifyAll();
        }
        listener.accept(event);
    }

    /** The first event of this type, at or after a time, that fits; waits for it. Empty when the time is up. */
    public synchronized <T> Optional<Seen> await(Class<T> type, Instant since, Predicate<T> fits, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var found = all(type, since, fits);
            long left = deadline - System.nanoTime();
            if (!found.isEmpty() || left <= 0) {
                return found.stream().findFirst();
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    /** All events of this type so far, at or after a time, that fit. */
    public synchronized <T> List<Seen> all(Class<T> type, Instant since, Predicate<T> fits) {
        return seen.stream().filter(event -> !event.at().isBefore(since))
                .filter(event -> type.isInstance(event.event()) && fits.test(type.cast(event.event()))).toList();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
