package io.evenkeel.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.TopicSpec;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes a record and an offset in one transaction, under the consumer's group membership: who is no longer a member of
 * this generation cannot claim. Any exception means that it is unknown whether the claim stands; whoever gets one must not
 * act, and must make a new one of these, which waits for the old transaction to be decided.
 */
final class Claims implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicSpec outcomes;
    private final Serializer<Object> encoder;

    Claims(KafkaClients clients, String owner, TopicSpec outcomes, Serializer<Object> encoder) {
        this.producer = clients.transactional("evenkeel-actions-" + owner);
        this.outcomes = outcomes;
        this.encoder = encoder;
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    void claim(ActionOutcome started, TopicPartition source, long nextOffset, ConsumerGroupMetadata member) {
        commit(outcomeRecord(outcomes, encoder, started), source, nextOffset, member);
    }

    void commit(ProducerRecord<byte[], byte[]> record, TopicPartition source, long nextOffset,
            ConsumerGroupMetadata member) {
        producer.beginTransaction();
        // A failed send fails the commit: nothing is lost silently here.
        var _ = producer.send(record, (_, _) -> {
        });
        producer.sendOffsetsToTransaction(Map.of(source, new OffsetAndMetadata(nextOffset)), member);
        producer.commitTransaction();
    }

    static ProducerRecord<byte[], byte[]> outcomeRecord(TopicSpec topic, Serializer<Object> encoder,
            ActionOutcome outcome) {
        return new ProducerRecord<>(topic.name(), Partitioning.ofEvent(outcome, topic.partitions()),
                Keys.of(outcome).getBytes(UTF_8), encoder.serialize(topic.name(), outcome));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
