package io.evenkeel.events.kafka;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka clients over bytes: what does not decode is a case to handle, not an exception of poll().
 *
 * @param clientId what every client's id starts with
 */
public record KafkaClients(KafkaSettings settings, String clientId) {

    /** A claim that takes longer is given up, so that a lease is not eaten up by waiting for Kafka. */
    private static final String CLAIM_MILLIS = "10000";

    /** A member of a group. */
    public KafkaConsumer<byte[], byte[]> member(String group, int maxPollRecords, Duration maxPollInterval) {
        var properties = settings.consumer(clientId + "-" + group, group);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.toIntExact(maxPollInterval.toMillis()));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A reader of whole partitions, in no group. */
    public KafkaConsumer<byte[], byte[]> reader(String what, String isolation) {
        var properties = settings.reader(clientId + "-" + what);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** For claims. */
    public KafkaProducer<byte[], byte[]> transactional(String transactionalId) {
        var properties = settings.transactionalProducer(clientId + "-claims", transactionalId);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, CLAIM_MILLIS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CLAIM_MILLIS);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** For what must arrive and needs no transaction, such as dead letters. */
    public KafkaProducer<byte[], byte[]> idempotent(String what) {
        return new KafkaProducer<>(settings.producer(clientId + "-" + what), new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** For what no other client can ask. */
    public Admin admin() {
        return Admin.create(settings.admin(clientId + "-admin"));
    }
}
