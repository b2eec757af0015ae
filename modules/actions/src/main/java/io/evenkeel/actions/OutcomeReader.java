package io.evenkeel.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ClaimLedger;
import io.evenkeel.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code action-outcomes} of some partitions into the ledger, from the beginning. A partition is known once all was
 * read that was in the log, committed or not, after it was added: the position of a read_committed reader passes an open
 * transaction only when that has ended, so a claim that a former owner is just committing is not overlooked.
 */
final class OutcomeReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeReader.class);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final String topic;
    private final Deserializer<Object> decoder;
    private final ClaimLedger ledger;
    private final Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> ends = new HashMap<>();

    OutcomeReader(KafkaClients clients, String topic, Deserializer<Object> decoder, ClaimLedger ledger) {
        this.consumer = clients.reader("outcomes", "read_committed");
        this.admin = clients.admin();
        this.topic = topic;
        this.decoder = decoder;
        this.ledger = ledger;
    }

    /** Reads these partitions from now on; those that are new, from the beginning. */
    void follow(Collection<Integer> partitions) {
        var wanted = partitions.stream().map(partition -> new TopicPartition(topic, partition)).toList();
        var added = wanted.stream().filter(partition -> !consumer.assignment().contains(partition)).toList();
        consumer.assign(wanted);
        consumer.seekToBeginning(added);
        ends.keySet().retainAll(wanted);
        added.forEach(this::askForEnd);
    }

    private void askForEnd(TopicPartition partition) {
        ends.put(partition, admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition));
    }

    /**
     * From now on no end is written of the claims that this owner has made so far: its producer is fenced. One may have come
     * just before, so the partition is not known until all was read that is in the log now.
     */
    void seal(String owner, int partition) {
        try {
            admin.fenceProducers(List.of(Claims.transactionalId(owner))).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("can't fence " + owner, e.getCause());
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
        askForEnd(new TopicPartition(topic, partition));
    }

    void poll() {
        if (!consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ZERO).forEach(this::take);
        }
    }

    /** Whether all was read that was there when the partition was added. */
    boolean isKnown(int partition) {
        var key = new TopicPartition(topic, partition);
        var end = ends.get(key);
        try {
            return end != null && end.isDone() && consumer.position(key) >= end.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException("can't learn the end of " + key, e.getCause());
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        try {
            if (decoder.deserialize(topic, value) instanceof ActionOutcome outcome) {
                ledger.observe(outcome);
            }
        } catch (SerializationException e) {
            var key = record.key() == null ? "" : new String(record.key(), UTF_8);
            LOG.atError().addKeyValue("topic", topic).addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset()).addKeyValue("key", key).addKeyValue("error", e.getMessage())
                    .log("outcome does not decode, its request is left alone");
            ledger.observeUnreadable(key.substring(key.indexOf('/') + 1));
        }
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ofSeconds(2));
    }
}
