package io.evenkeel.events.serde;

import io.evenkeel.events.registry.ConfluentAvroDeserializer;
import io.evenkeel.events.registry.ConfluentAvroSerializer;
import io.evenkeel.events.registry.RegistryClient;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Serializers and deserializers of events for a process: they share one registry client, so each id is asked for once.
 * The events are those that {@link io.evenkeel.events.Keys#of} lists.
 */
public final class EventSerdes implements AutoCloseable {

    /** Class name of the serializer of Avro records; Evenkeel's own by default. */
    public static final String SERIALIZER = "evenkeel.avro.serializer";
    /** Class name of the deserializer of Avro records; Evenkeel's own by default. */
    public static final String DESERIALIZER = "evenkeel.avro.deserializer";

    private final Map<String, Object> settings;
    private final RegistryClient registry;

    /** @param settings Confluent's keys, {@code schema.registry.url} at least, and the two above */
    public EventSerdes(Map<String, ?> settings) {
        this.registry = RegistryClient.of(settings);
        this.settings = new HashMap<>(settings);
        this.settings.put(RegistryClient.SHARED, registry);
    }

    /** A serializer of values, configured; null stays null. */
    public Serializer<Object> serializer() {
        var serializer = new EventSerializer();
        serializer.configure(settings, false);
        return serializer;
    }

    /** A deserializer of values, configured; null stays null. */
    public Deserializer<Object> deserializer() {
        var deserializer = new EventDeserializer();
        deserializer.configure(settings, false);
        return deserializer;
    }

    public Serde<Object> serde() {
        return Serdes.serdeFrom(serializer(), deserializer());
    }

    /** The client that all of them share. */
    public RegistryClient registry() {
        return registry;
    }

    /** Ends the shared client; what was handed out must not be used any more. */
    @Override
    public void close() {
        registry.close();
    }

    @SuppressWarnings("unchecked")
    static Serializer<Object> avroSerializer(Map<String, ?> settings) {
        return created(settings, SERIALIZER, ConfluentAvroSerializer.class.getName(), Serializer.class);
    }

    @SuppressWarnings("unchecked")
    static Deserializer<Object> avroDeserializer(Map<String, ?> settings) {
        return created(settings, DESERIALIZER, ConfluentAvroDeserializer.class.getName(), Deserializer.class);
    }

    private static <T> T created(Map<String, ?> settings, String key, String otherwise, Class<T> type) {
        Object named = settings.get(key);
        String className = named == null ? otherwise : named.toString();
        try {
            return Utils.newInstance(className, type);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new ConfigException(key, className, "must be a " + type.getSimpleName() + " on the class path");
        }
    }
}
