package io.evenkeel.lab.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.events.Tick;
import io.evenkeel.events.Topics;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import io.evenkeel.events.registry.RegistryUnavailableException;
import io.evenkeel.events.registry.SchemaRegistration;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.lab.registry.SchemaRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serializers, deserializers and the registration at start against a registry over HTTP. */
final class SerdeIT {

    private static final Topics TOPICS = new Topics();
    private static final Intent HOLD = new Intent(Intent.Kind.HOLD, new ClusterId("primary").value(), "ann", "upgrade",
            Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T11:00:00Z"));

    @TempDir
    Path folder;

    private SchemaRegistry registry;

    @BeforeEach
    void startRegistry() {
        registry = new SchemaRegistry(folder.resolve("registry.json"));
        registry.start();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void whatOneProcessWritesAnotherReadsWithoutKnowingTheSchemaBefore() throws Exception {
        try (var writing = serdes(true); var reading = serdes(false)) {
            var bytes = writing.serializer().serialize(TOPICS.intents().name(), HOLD);
            int id = ByteBuffer.wrap(bytes).getInt(1);
            assertThat(bytes[0]).isZero();
            assertThat(get("/schemas/ids/" + id)).contains("Intent");
            assertThat(get("/subjects")).isEqualTo("[\"evenkeel.intents.v1-value\"]");
            assertThat(reading.deserializer().deserialize(TOPICS.intents().name(), bytes)).isEqualTo(HOLD);
        }
    }

    @Test
    void eachTypeOfATopicOfSeveralHasASubjectOfItsOwn() throws Exception {
        try (var writing = serdes(true)) {
            var serializer = writing.serializer();
            serializer.serialize(TOPICS.decisionInputs().name(), HOLD);
            serializer.serialize(TOPICS.decisionInputs().name(), new Tick("test", 1));
            assertThat(get("/subjects")).contains("evenkeel.decision-inputs.v1-io.evenkeel.events.avro.Intent",
                    "evenkeel.decision-inputs.v1-io.evenkeel.events.avro.Tick");
        }
    }

    @Test
    void withoutAutoRegisterAnUnknownSchemaIsRefusedAndNotRegistered() throws Exception {
        try (var writing = serdes(false)) {
            assertThatThrownBy(() -> writing.serializer().serialize(TOPICS.intents().name(), HOLD))
                    .isInstanceOf(SerializationException.class).hasMessageContaining("evenkeel.intents.v1-value");
            assertThat(get("/subjects")).isEqualTo("[]");
        }
    }

    @Test
    void whatOneProcessRegisteredAtItsStartAnotherLooksUp() throws Exception {
        try (var first = serdes(true); var second = serdes(false)) {
            assertThatThrownBy(() -> new SchemaRegistration(second.registry(), TOPICS, false).ensure(_ -> {
            })).isInstanceOf(SerializationException.class)
                    .hasMessageContaining("register it first, or set auto.register.schemas=true");
            new SchemaRegistration(first.registry(), TOPICS, true).ensure(_ -> {
            });
            var lookedUp = new SchemaRegistration(second.registry(), TOPICS, false);
            lookedUp.ensure(_ -> {
            });
            assertThat(lookedUp.subjects()).allSatisfy(subject -> assertThat(get("/subjects")).contains(subject));
            assertThat(get("/config/" + TOPICS.intents().name() + "-value")).contains("FULL_TRANSITIVE");
            // Known from then on: the registry is no longer needed.
            registry.stop();
            var bytes = second.serializer().serialize(TOPICS.intents().name(), HOLD);
            assertThat(second.deserializer().deserialize(TOPICS.intents().name(), bytes)).isEqualTo(HOLD);
        }
    }

    @Test
    void anUnknownIdIsPoison() {
        byte[] bytes = {0, 0, 0, 9, 9, 1, 2};
        try (var reading = serdes(false)) {
            assertThatThrownBy(() -> reading.deserializer().deserialize(TOPICS.intents().name(), bytes))
                    .isInstanceOfSatisfying(UndecodableEventException.class,
                            poison -> assertThat(poison.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA_ID));
        }
    }

    @Test
    void aRegistryThatIsAwayIsAnOutageAndTheSameBytesAreReadOnceItIsBack() {
        try (var writing = serdes(true); var reading = serdes(false)) {
            var bytes = writing.serializer().serialize(TOPICS.intents().name(), HOLD);
            var decoder = reading.deserializer();
            registry.stop();
            assertThatThrownBy(() -> decoder.deserialize(TOPICS.intents().name(), bytes))
                    .isInstanceOf(RegistryUnavailableException.class);
            registry.start();
            assertThat(decoder.deserialize(TOPICS.intents().name(), bytes)).isEqualTo(HOLD);
        }
    }

    private EventSerdes serdes(boolean autoRegister) {
        return new EventSerdes(Map.of("schema.registry.url", registry.url().toString(), "auto.register.schemas",
                Boolean.toString(autoRegister)));
    }

    private String get(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            URI uri = registry.url().resolve(path);
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }
}
