package io.evenkeel.actions;

import io.evenkeel.actions.Announcements.Acceptance;
import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.events.Topics;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.events.kafka.KafkaClients;
import io.evenkeel.events.kafka.Loop;
import io.evenkeel.events.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
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

/** One membership in the announcer's group. A partition whose record was not taken waits, paused, and tries it again. */
final class AnnounceLoop implements Loop.Body {

    private static final Logger LOG = LoggerFactory.getLogger(AnnounceLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
    /** One slow record (two calls of 10 s) after another must not outlast this. */
    private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(5);
    private static final int MAX_POLL_RECORDS = 10;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Deserializer<Object> decoder;
    private final DeadLetters deadLetters;
    private final Announcements channels;
    private final Map<TopicPartition, Stuck> stuck = new HashMap<>();

    /** A record that was not taken by both. */
    private record Stuck(long offset, boolean published, Duration pause, long againNanos) {}

    AnnounceLoop(KafkaClients clients, Topics topics, Deserializer<Object> decoder, DeadLetters deadLetters,
            Announcements channels) {
        this.consumer = clients.member(topics.prefix() + "announcer", MAX_POLL_RECORDS, MAX_POLL_INTERVAL);
        this.producer = clients.idempotent("dead-letters");
        this.decoder = decoder;
        this.deadLetters = deadLetters;
        this.channels = channels;
        consumer.subscribe(List.of(topics.alerts().name(), topics.actionOutcomes().name()));
    }

    @Override
    public void turn() {
        resumeDue();
        var records = consumer.poll(POLL);
        for (var partition : records.partitions()) {
            for (var record : records.records(partition)) {
                if (!announce(partition, record)) {
                    break;
                }
                consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
            }
        }
    }

    private void resumeDue() {
        var assigned = consumer.assignment();
        stuck.keySet().retainAll(assigned);
        stuck.forEach((partition, on) -> {
            if (on.againNanos() - System.nanoTime() <= 0) {
                consumer.resume(List.of(partition));
            } else {
                consumer.pause(List.of(partition));
            }
        });
    }

    /** False when the record was not taken: the partition then goes on with it after a pause. */
    private boolean announce(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        var before = stuck.get(partition);
        boolean published = before != null && before.offset() == record.offset() && before.published();
        try {
            var announcement = announcement(record);
            if (announcement.isPresent()) {
                if (!published && !taken(record, announcement.get(), channels::publish)) {
                    return stop(partition, record, false);
                }
                if (!taken(record, announcement.get(), channels::put)) {
                    return stop(partition, record, true);
                }
            }
        } catch (RegistryUnavailableException e) {
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("schema registry away, announcement waits");
            return stop(partition, record, published);
        } catch (SerializationException e) {
            sendDeadLetter(record, e);
        }
        stuck.remove(partition);
        return true;
    }

    private boolean stop(TopicPartition partition, ConsumerRecord<byte[], byte[]> record, boolean published) {
        var before = stuck.get(partition);
        var pause = before == null || before.offset() != record.offset() ? FIRST_PAUSE : longer(before.pause());
        stuck.put(partition, new Stuck(record.offset(), published, pause, System.nanoTime() + pause.toNanos()));
        consumer.seek(partition, record.offset());
        consumer.pause(List.of(partition));
        return false;
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
    }

    /** Empty for what nobody is to be told: tombstones, and claims. */
    private Optional<Announcement> announcement(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        return switch (decoder.deserialize(record.topic(), value)) {
            case Alert alert -> Optional.of(Announcement.of(alert));
            case ActionOutcome outcome ->
                outcome.status().isEnd() ? Optional.of(Announcement.of(outcome)) : Optional.empty();
            case null, default -> throw new UndecodableEventException(UndecodableEventException.Reason.UNKNOWN_TYPE,
                    "neither alert nor outcome");
        };
    }

    private boolean taken(ConsumerRecord<byte[], byte[]> record, Announcement announcement,
            Function<Announcement, Acceptance> channel) {
        return switch (channel.apply(announcement)) {
            case Acceptance.Accepted(var id) -> {
                LOG.atDebug().addKeyValue("recogniser", announcement.recogniser()).addKeyValue("id", id)
                        .log("announced");
                yield true;
            }
            case Acceptance.NotConfigured() -> true;
            case Acceptance.Rejected(var detail) -> {
                LOG.atError().addKeyValue("recogniser", announcement.recogniser()).addKeyValue("error", detail)
                        .log("announcement can never be taken, it is a dead letter");
                sendDeadLetter(record,
                        new UndecodableEventException(UndecodableEventException.Reason.REJECTED, detail));
                yield true;
            }
            case CallFailure.Denied(var detail) -> {
                LOG.atError().addKeyValue("recogniser", announcement.recogniser()).addKeyValue("error", detail)
                        .log("announcing is denied, trying again");
                yield false;
            }
            case CallFailure failure -> {
                LOG.atWarn().addKeyValue("recogniser", announcement.recogniser()).addKeyValue("error", failure.detail())
                        .log("announcement not taken, trying again");
                yield false;
            }
        };
    }

    private void sendDeadLetter(ConsumerRecord<byte[], byte[]> record, Exception cause) {
        try {
            producer.send(deadLetters.of(record, cause)).get();
        } catch (ExecutionException e) {
            throw new KafkaException("dead letter was not delivered", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close(Duration.ofSeconds(2));
    }
}
