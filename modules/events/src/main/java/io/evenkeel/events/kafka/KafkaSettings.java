package io.evenkeel.events.kafka;

import java.util.HashMap;
import java.util.Map;

/**
 * Properties for Kafka's clients: our defaults, then what the configuration says for all clients, then what it says for one
 * kind; the last one wins ({@code producer.linger.ms}, {@code consumer.fetch.max.bytes}, {@code admin.request.timeout.ms}).
 *
 * @param common {@code bootstrap.servers} at least, security settings, and overrides
 */
public record KafkaSettings(Map<String, String> common) {

    /** Measured: with Kafka's 45 s a killed member's partitions stand still for 45 s. Brokers allow no less by default. */
    public static final String SESSION_TIMEOUT_MS = "6000";
    /**
     * A dead member's session ends that long after its last heartbeat, and the others are told with the answer to their
     * next: a take-over begins after the session time-out, give or take one of these. Kafka wants a third of the session
     * at most; a heartbeat is some hundred bytes, so far less costs little.
     */
    public static final String HEARTBEAT_INTERVAL_MS = "300";

    public KafkaSettings {
        common = Map.copyOf(common);
        if (common.getOrDefault("bootstrap.servers", "").isBlank()) {
            throw new IllegalArgumentException("kafka.bootstrap.servers must name at least one broker");
        }
    }

    public String bootstrapServers() {
        return common.getOrDefault("bootstrap.servers", "");
    }

    /**
     * An idempotent producer that loses nothing silently: acks from all replicas, no linger, and an answer for every record
     * within 30 s.
     */
    public Map<String, Object> producer(String clientId) {
        var properties = defaults(clientId);
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("linger.ms", "0");
        properties.put("request.timeout.ms", "10000");
        properties.put("delivery.timeout.ms", "30000");
        properties.put("max.block.ms", "15000");
        return overridden(properties, "producer.");
    }

    /** The same in transactions; a second producer of this id fences the first. Time-out 10 s. */
    public Map<String, Object> transactionalProducer(String clientId, String transactionalId) {
        var properties = producer(clientId);
        properties.put("transactional.id", transactionalId);
        properties.putIfAbsent("transaction.timeout.ms", "10000");
        return properties;
    }

    /** A member of a group that commits by hand, reads only what is committed, and starts at the beginning. */
    public Map<String, Object> consumer(String clientId, String groupId) {
        var properties = reader(clientId);
        properties.put("group.id", groupId);
        properties.putIfAbsent("session.timeout.ms", SESSION_TIMEOUT_MS);
        properties.putIfAbsent("heartbeat.interval.ms", HEARTBEAT_INTERVAL_MS);
        return properties;
    }

    /** A consumer without a group, which is told where to read. */
    public Map<String, Object> reader(String clientId) {
        var properties = defaults(clientId);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        return overridden(properties, "consumer.");
    }

    /** An admin client that says within 10 s that no broker answers. */
    public Map<String, Object> admin(String clientId) {
        var properties = defaults(clientId);
        properties.put("request.timeout.ms", "5000");
        properties.put("default.api.timeout.ms", "10000");
        return overridden(properties, "admin.");
    }

    private static Map<String, Object> defaults(String clientId) {
        var properties = new HashMap<String, Object>();
        properties.put("client.id", clientId);
        properties.put("reconnect.backoff.max.ms", "1000");
        return properties;
    }

    private Map<String, Object> overridden(Map<String, Object> properties, String kind) {
        common.forEach((key, value) -> {
            if (!key.startsWith("producer.") && !key.startsWith("consumer.") && !key.startsWith("admin.")) {
                properties.put(key, value);
            }
        });
        common.forEach((key, value) -> {
            if (key.startsWith(kind)) {
                properties.put(key.substring(kind.length()), value);
            }
        });
        return properties;
    }
}
