package io.evenkeel.bench;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.lab.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Events as bytes and back, through a schema registry of its own: what is measured is what the pipeline reads. */
public final class Wire implements AutoCloseable {

    private static final Topics TOPICS = new Topics();

    private final Path folder;
    private final SchemaRegistry registry;
    private final EventSerdes serdes;
    private final Serializer<Object> serializer;
    private final Deserializer<Object> deserializer;

    public Wire() throws IOException {
        folder = Files.createTempDirectory("evenkeel-bench-");
        registry = new SchemaRegistry(folder.resolve("registry.json"));
        registry.start();
        serdes = new EventSerdes(settings());
        serializer = serdes.serializer();
        deserializer = serdes.deserializer();
    }

    /** Confluent's keys for a process that is to use the same registry. */
    public Map<String, String> settings() {
        return Map.of("schema.registry.url", registry.url().toString(), "auto.register.schemas", "true");
    }

    public EventSerdes serdes() {
        return serdes;
    }

    public byte[] result(Object event) {
        return bytes(TOPICS.probeResults(), event);
    }

    /** A copy made of bytes: it shares no string with the original. */
    public <T> T overTheWire(TopicSpec topic, T event, Class<? extends T> type) {
        return type.cast(event(topic, bytes(topic, event)));
    }

    private byte[] bytes(TopicSpec topic, Object event) {
        return Objects.requireNonNull(serializer.serialize(topic.name(), event));
    }

    public Object event(TopicSpec topic, byte[] bytes) {
        return Objects.requireNonNull(deserializer.deserialize(topic.name(), bytes));
    }

    @Override
    public void close() throws IOException {
        serdes.close();
        registry.close();
        Files.deleteIfExists(folder.resolve("registry.json"));
        Files.deleteIfExists(folder);
    }
}
