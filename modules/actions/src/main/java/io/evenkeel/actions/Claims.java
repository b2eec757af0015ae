package io.evenkeel.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes a claim and an offset in one transaction, under the consumer's group membership: who is no longer a member of
 * this generation cannot claim. Writes the ends of its own claims, too, so that who takes a claim over can fence its end
 * ({@link OutcomeReader#seal}). Any exception means that it is unknown whether the transaction stands; whoever gets one must
 * not act, and must make a new one of these, which waits for the old transaction to be decided. Thread-safe.
 */
final class Claims implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicSpec outcomes;
    private final Serializer<Object> encoder;
    private volatile boolean whole = true;

    Claims(KafkaClients clients, String owner, TopicSpec outcomes, Serializer<Object> encoder) {
        this.producer = clients.transactional(transactionalId(owner));
        this.outcomes = outcomes;
        this.encoder = encoder;
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    static String transactionalId(String owner) {
        return "evenkeel-actions-" + owner;
    }

    synchronized void claim(ActionOutcome started, TopicPartition source, long nextOffset,
            ConsumerGroupMetadata member) {
        commit(record(started), source, nextOffset, member);
    }

    /** The end of a claim that was made here. */
    synchronized void end(ActionOutcome end) {
        inTransaction(record(end), () -> {
        });
    }

    synchronized void commit(ProducerRecord<byte[], byte[]> record, TopicPartition source, long nextOffset,
            ConsumerGroupMetadata member) {
        inTransaction(record,
                () -> producer.sendOffsetsToTransaction(Map.of(source, new OffsetAndMetadata(nextOffset)), member));
    }

    /** False once a transaction failed: nothing more can be written here. */
    boolean isWhole() {
        return whole;
    }

    private void inTransaction(ProducerRecord<byte[], byte[]> record, Runnable withIt) {
        if (!whole) {
            throw new KafkaException("a transaction failed before, or this membership is over");
        }
        try {
            producer.beginTransaction();
            // A failed send fails the commit: nothing is lost silently here.
            var _ = producer.send(record, (_, _) -> {
            });
            withIt.run();
            producer.commitTransaction();
        } catch (RuntimeException e) {
            whole = false;
            throw e;
        }
    }

    private ProducerRecord<byte[], byte[]> record(ActionOutcome outcome) {
        return new ProducerRecord<>(outcomes.name(), Partitioning.ofEvent(outcome, outcomes.partitions()),
                Keys.of(outcome).getBytes(UTF_8), encoder.serialize(outcomes.name(), outcome));
    }

    @Override
    public void close() {
        whole = false;
        producer.close(Duration.ofSeconds(2));
    }
}
