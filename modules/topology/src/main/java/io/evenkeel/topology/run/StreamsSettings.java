package io.evenkeel.topology.run;

import io.evenkeel.events.kafka.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How every Evenkeel topology runs.
 *
 * @param applicationId Kafka Streams application id: consumer group, transactional ids and internal topics
 * @param stateFolder a folder of this instance alone; state is in memory, this holds only locks and checkpoints
 * @param replicationFactor of internal topics
 * @param common settings of every Kafka client: {@code bootstrap.servers}, TLS, SASL; with {@code consumer.} or
 *     {@code producer.} before them also such as override Evenkeel's own time-outs
 * @param guarantee of what it writes; it reads what was committed
 */
public record StreamsSettings(String applicationId, String stateFolder, int replicationFactor,
        Map<String, String> common, Guarantee guarantee) {

    /** What a record that was read leads to, whatever ends on the way. */
    public enum Guarantee {
        /** Exactly once, each commit a transaction. */
        EXACTLY_ONCE(StreamsConfig.EXACTLY_ONCE_V2),
        /**
         * At least once, and to be read as soon as it is written: for what only copies.
         *
         * @see io.evenkeel.topology.copy.OnceProcessor
         */
        AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE);

        private final String setting;

        Guarantee(String setting) {
            this.setting = setting;
        }
    }

    /**
     * What a killed instance left open blocks its partitions for so long. Above the commit interval by 4 times, so that a
     * pause of a healthy instance does not cost it its transaction. The broker adds up to
     * transaction.abort.timed.out.transaction.cleanup.interval.ms: with its 10 s, not 500 ms, one kill of five took 11.4 s.
     */
    private static final String TRANSACTION_TIMEOUT_MS = "4000";
    /** Transitions commit at once (the processors ask for it); this is for what leads to none. */
    private static final String COMMIT_INTERVAL_MS = "1000";

    public StreamsSettings {
        common = Map.copyOf(common);
    }

    /** Exactly once. */
    public StreamsSettings(String applicationId, String stateFolder, int replicationFactor,
            Map<String, String> common) {
        this(applicationId, stateFolder, replicationFactor, common, Guarantee.EXACTLY_ONCE);
    }

    public Properties properties() {
        var settings = new HashMap<String, Object>(pace());
        settings.putAll(common);
        settings.putAll(promises());
        var properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /** What an operator may set otherwise. */
    private static Map<String, Object> pace() {
        return Map.of(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS,
                StreamsConfig.POLL_MS_CONFIG, "20",
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "0",
                // State is JSON, a kilobyte a node: at a start with a million nodes it fills disks sooner than processors.
                StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4",
                StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), "131072",
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS,
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                KafkaSettings.SESSION_TIMEOUT_MS,
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                KafkaSettings.HEARTBEAT_INTERVAL_MS);
    }

    /** What the rules rely on. */
    private Map<String, Object> promises() {
        return Map.of(StreamsConfig.APPLICATION_ID_CONFIG, applicationId,
                StreamsConfig.STATE_DIR_CONFIG, stateFolder,
                StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor,
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee.setting,
                // Whoever writes at least once reads by default also what was never committed.
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                IsolationLevel.READ_COMMITTED.toString(),
                StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true",
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    }
}
