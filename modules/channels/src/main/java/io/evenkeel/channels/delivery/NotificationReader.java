package io.evenkeel.channels.delivery;

import io.evenkeel.core.notification.Notification;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.events.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A membership in a channel's group: what is for the channel, and how far it is. */
final class NotificationReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationReader.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A call and receipts that wait for the broker must not outlast this. */
    private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(5);
    private static final int MAX_POLL_RECORDS = 10;

    private final String channel;
    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Object> decoder;
    private final Optional<KafkaProducer<byte[], byte[]>> graves;
    private final DeadLetters deadLetters;
    private final Runnable onAssigned;
    private long againNanos = System.nanoTime();
    /** Absent while another process has the partition. */
    private @Nullable Progress restored;
    private @Nullable OffsetAndMetadata committed;
    /** Where the topic ended when the group began; what is below may be old. */
    private long historyUpTo;

    /**
     * A notification that is for the channel.
     *
     * @param history whether it was there before the group began
     */
    record Arrived(long offset, Notification notification, Instant written, boolean history) {

        boolean isNewsSince(Duration age) {
            return !history || written.plus(age).isAfter(Instant.now());
        }
    }

    /** @param onAssigned whoever had the partition before may have ended what waited here */
    NotificationReader(DeliveryLoop.Parts parts, Runnable onAssigned) {
        var topics = parts.topics();
        this.channel = parts.name();
        this.partition = new TopicPartition(topics.notifications().name(), 0);
        this.decoder = parts.serdes().deserializer();
        this.deadLetters = new DeadLetters(topics.deadLetters());
        this.onAssigned = onAssigned;
        this.consumer = parts.clients().member(topics.prefix() + "channel-" + channel, MAX_POLL_RECORDS,
                MAX_POLL_INTERVAL);
        this.graves = parts.buries()
                ? Optional.of(parts.clients().idempotent("dead-letters"))
                : Optional.empty();
        consumer.subscribe(List.of(partition.topic()), new Assignments());
    }

    /** What has come; keeps the membership, also where nothing more is wanted. */
    List<Arrived> poll(Duration patience, boolean more) {
        if (more && againNanos - System.nanoTime() <= 0) {
            consumer.resume(consumer.assignment());
        } else {
            consumer.pause(consumer.assignment());
        }
        var arrived = new ArrayList<Arrived>();
        for (var record : consumer.poll(patience).records(partition)) {
            try {
                arrived(record).ifPresent(arrived::add);
            } catch (RegistryUnavailableException e) {
                LOG.atWarn().addKeyValue("channel", channel).addKeyValue("error", e.getMessage())
                        .log("schema registry away, notifications wait");
                consumer.seek(partition, record.offset());
                againNanos = System.nanoTime() + PAUSE.toNanos();
                break;
            } catch (SerializationException e) {
                bury(record, e);
            }
        }
        return arrived;
    }

    /** Empty for what others are meant by, and what ended in an earlier life. */
    private Optional<Arrived> arrived(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null || restored == null || restored.isDone(record.offset())) {
            return Optional.empty();
        }
        if (!(decoder.deserialize(record.topic(), value) instanceof Notification notification)) {
            throw new UndecodableEventException(UndecodableEventException.Reason.UNKNOWN_TYPE, "no notification");
        }
        return notification.channels().contains(channel)
                ? Optional.of(new Arrived(record.offset(), notification, Instant.ofEpochMilli(record.timestamp()),
                        record.offset() < historyUpTo))
                : Optional.empty();
    }

    /**
     * Whether a new group is still reading what was there before it: nothing is sent and committed before that is through,
     * or the next process would take the rest of it for news.
     */
    boolean isCatchingUp(boolean isFull) {
        return restored == null || (!isFull && consumer.position(partition) < historyUpTo);
    }

    /** @param waiting what was read and has no end */
    void commit(SortedSet<Long> waiting) {
        if (restored == null) {
            return;
        }
        var now = restored.at(consumer.position(partition), waiting).committed();
        if (!now.equals(committed)) {
            consumer.commitSync(Map.of(partition, now));
            committed = now;
        }
    }

    /** By one channel's reader: all of them meet it. */
    private void bury(ConsumerRecord<byte[], byte[]> record, SerializationException cause) {
        if (graves.isEmpty()) {
            return;
        }
        LOG.atError().addKeyValue("offset", record.offset()).addKeyValue("error", cause.getMessage())
                .log("not a notification, it is a dead letter");
        try {
            graves.get().send(deadLetters.of(record, cause)).get();
        } catch (ExecutionException e) {
            throw new KafkaException("dead letter was not delivered", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        graves.ifPresent(producer -> producer.close(Duration.ofSeconds(2)));
    }

    private final class Assignments implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!partitions.contains(partition)) {
                return;
            }
            var before = Optional.ofNullable(consumer.committed(Set.of(partition)).get(partition));
            historyUpTo = before.isPresent() ? 0 : consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            restored = before.map(Progress::of).orElse(new Progress(0, new TreeSet<>()));
            committed = before.orElse(null);
            onAssigned.run();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.contains(partition)) {
                restored = null;
            }
        }
    }
}
