package io.evenkeel.events.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.events.Samples;
import io.evenkeel.events.Tick;
import io.evenkeel.events.Topics;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import io.evenkeel.events.registry.ConfluentAvroSerializer;
import io.evenkeel.events.registry.RegistryServer;
import io.evenkeel.events.registry.RegistryUnavailableException;
import io.evenkeel.events.registry.SchemaRegistration;
import java.io.EOFException;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSerdesTest {

    private final RegistryServer server = new RegistryServer();
    private final Topics topics = new Topics();

    @AfterEach
    void stop() {
        server.close();
    }

    static List<Object> events() {
        return Samples.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventComesBackFromItsBytes(Object event) {
        try (var serdes = serdes(Map.of("auto.register.schemas", "true"))) {
            var bytes = serdes.serializer().serialize("t", event);
            assertThat(serdes.deserializer().deserialize("t", bytes)).isEqualTo(event);
        }
    }

    @Test
    void topicsOfSeveralTypesNameSubjectsByRecord() {
        try (var serdes = serdes(Map.of("auto.register.schemas", "true"))) {
            serdes.serializer().serialize(topics.probeResults().name(), new Tick("w", 1));
            serdes.serializer().serialize(topics.alerts().name(), Samples.alert(Alert.Severity.INFO));
        }
        assertThat(server.subjects()).containsOnlyKeys("evenkeel.probe-results.v1-io.evenkeel.events.avro.Tick",
                "evenkeel.alerts.v1-value");
    }

    @Test
    void afterRegistrationARegistryIsNeededNoMore() throws InterruptedException {
        try (var serdes = serdes(Map.of())) {
            new SchemaRegistration(serdes.registry(), topics, true).ensure(_ -> {
            });
            server.close();
            var bytes = serdes.serializer().serialize(topics.probeResults().name(), new Tick("w", 5));
            assertThat(serdes.deserializer().deserialize(topics.probeResults().name(), bytes))
                    .isEqualTo(new Tick("w", 5));
        }
    }

    @Test
    void symbolOfANewerWriterCountsAsTheEnumsDefault() {
        var newer = new Schema.Parser().parse(io.evenkeel.events.avro.Alert.SCHEMA$.toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                .replace(",\"avro.java.string\":\"String\"", "")
                .replace("\"PAGE\",\"WARN\"", "\"PAGE\",\"WHISPER\",\"WARN\""));
        var severity = newer.getField("severity").schema();
        var alert = new GenericRecordBuilder(newer).set("key", "k").set("sequence", 1)
                .set("status", new GenericData.EnumSymbol(newer.getField("status").schema(), "FIRING"))
                .set("severity", new GenericData.EnumSymbol(severity, "WHISPER")).set("subject", "s").set("title", "t")
                .set("lines", List.of()).set("sinceMicros", 1L).set("atMicros", 2L).build();
        server.add("t-value", newer);
        var writer = new ConfluentAvroSerializer();
        writer.configure(Map.of("schema.registry.url", server.url()), false);
        try (var serdes = serdes(Map.of())) {
            var read = (Alert) serdes.deserializer().deserialize("t", writer.serialize("t", alert));
            assertThat(read).isNotNull().extracting(Alert::severity).isEqualTo(Alert.Severity.PAGE);
        }
    }

    @Test
    void noiseIsPoison() {
        try (var serdes = serdes(Map.of())) {
            assertThatThrownBy(() -> serdes.deserializer().deserialize("t", "{\"a\":1}".getBytes(UTF_8)))
                    .isInstanceOf(UndecodableEventException.class);
        }
    }

    @Test
    void classOfTheAvroSerializerIsASetting() {
        assertThatThrownBy(() -> serdes(Map.of(EventSerdes.DESERIALIZER, "no.such.Class")).deserializer())
                .isInstanceOf(ConfigException.class).hasMessageContaining("no.such.Class");
        assertFailure(EofDeserializer.class, failure -> assertThat(failure)
                .isInstanceOfSatisfying(UndecodableEventException.class,
                        p -> assertThat(p.reason()).isEqualTo(Reason.BAD_BODY)));
        assertFailure(RefusedDeserializer.class,
                failure -> assertThat(failure).isInstanceOf(RegistryUnavailableException.class));
        assertFailure(LackingDeserializer.class, failure -> assertThat(failure).isInstanceOfSatisfying(
                UndecodableEventException.class, p -> assertThat(p.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA_ID)));
        assertFailure(BrokenDeserializer.class,
                failure -> assertThat(failure).isInstanceOf(RegistryUnavailableException.class));
    }

    private void assertFailure(Class<?> deserializer, java.util.function.Consumer<Throwable> check) {
        try (var serdes = serdes(Map.of(EventSerdes.DESERIALIZER, deserializer.getName()))) {
            assertThatThrownBy(() -> serdes.deserializer().deserialize("t", new byte[]{0})).satisfies(check::accept);
        }
    }

    private EventSerdes serdes(Map<String, ?> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("schema.registry.url", server.url());
        return new EventSerdes(settings);
    }

    /** Fails as Confluent's does on bad bytes. */
    public static final class EofDeserializer implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] data) {
            throw new SerializationException("Error deserializing Avro message", new EOFException());
        }
    }

    /** Fails as Confluent's does when nobody listens. */
    public static final class RefusedDeserializer implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] data) {
            throw new SerializationException("Error retrieving schema", new ConnectException("Connection refused"));
        }
    }

    /** Fails as Confluent's does on an id that the registry lacks. */
    public static final class LackingDeserializer implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] data) {
            throw new SerializationException("Error retrieving schema",
                    new IllegalStateException("Schema 7 not found; error code: 40403"));
        }
    }

    /** Fails as Confluent's does on a registry without its leader. */
    public static final class BrokenDeserializer implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] data) {
            throw new SerializationException("Error retrieving schema",
                    new IllegalStateException("Error while forwarding; error code: 50003"));
        }
    }
}
