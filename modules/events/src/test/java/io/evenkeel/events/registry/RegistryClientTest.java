package io.evenkeel.events.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.events.Topics;
import io.evenkeel.events.avro.Alert;
import io.evenkeel.events.avro.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {

    private final RegistryServer server = new RegistryServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registryIsAskedOnceForEachIdAndSchema() {
        server.add("t-value", PublicSchema.of(Tick.SCHEMA$));
        try (var client = client(server.url())) {
            assertThat(client.lookup("t-value", Tick.SCHEMA$)).isEqualTo(1)
                    .isEqualTo(client.lookup("t-value", Tick.SCHEMA$));
            assertThat(client.schemaById(1)).isEqualTo(PublicSchema.of(Tick.SCHEMA$));
        }
        assertThat(server.requests).containsExactly("POST /subjects/t-value");
    }

    @Test
    void idThatTheRegistryLacksIsItsAnswer() {
        try (var client = client(server.url())) {
            assertThatThrownBy(() -> client.schemaById(7)).isInstanceOfSatisfying(RegistryAnswerException.class,
                    answer -> assertThat(answer.code()).isEqualTo(40403));
        }
    }

    @Test
    void whatIsNotTheRegistrysOwnNoIsAnOutage() {
        try (var client = client(server.url())) {
            for (int status : new int[]{500, 503, 429, 401, 403}) {
                server.failWith = status;
                assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RegistryUnavailableException.class)
                        .isInstanceOf(RetriableException.class).hasMessageContaining("" + status);
            }
        }
    }

    @Test
    void registryThatIsDownIsAnOutage() {
        String url = server.url();
        server.close();
        try (var client = client(url)) {
            assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(url);
        }
    }

    @Test
    void registryThatHangsIsAnOutageAfterTheReadTimeout() {
        server.hanging = true;
        try (var client = client(server.url())) {
            assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void nextUrlIsTriedAndThenKept() {
        var dead = new RegistryServer();
        String deadUrl = dead.url();
        dead.close();
        server.add("t-value", PublicSchema.of(Tick.SCHEMA$));
        server.add("u-value", PublicSchema.of(Alert.SCHEMA$));
        try (var client = client(deadUrl + ", " + server.url() + "/")) {
            assertThat(client.schemaById(1).getName()).isEqualTo("Tick");
            assertThat(client.schemaById(2).getName()).isEqualTo("Alert");
        }
        assertThat(server.requests).containsExactly("GET /schemas/ids/1", "GET /schemas/ids/2");
    }

    @Test
    void credentialsAreSentAndNotShown() {
        server.add("t-value", PublicSchema.of(Tick.SCHEMA$));
        var basic = RegistrySettings.of(Map.of("schema.registry.url", server.url(), "basic.auth.credentials.source",
                "USER_INFO", "basic.auth.user.info", "ann:secret"));
        try (var client = new RegistryClient(basic)) {
            client.schemaById(1);
        }
        assertThat(server.authorizations).containsExactly("Basic YW5uOnNlY3JldA==");
        assertThat(basic.toString()).doesNotContain("YW5u").contains("***");
        assertThat(RegistrySettings.of(Map.of("schema.registry.url", server.url(), "bearer.auth.credentials.source",
                "STATIC_TOKEN", "bearer.auth.token", "t0k")).authorization()).isEqualTo("Bearer t0k");
    }

    @Test
    void missingUrlIsNamed() {
        assertThatThrownBy(() -> RegistryClient.of(Map.of())).isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void registrationPutsEverySchemaAndItsCompatibility() throws InterruptedException {
        var topics = new Topics();
        try (var client = client(server.url())) {
            var registration = new SchemaRegistration(client, topics, true);
            registration.ensure(_ -> {
            });
            assertThat(server.subjects()).containsOnlyKeys(registration.subjects()).hasSize(33)
                    .containsKeys("evenkeel.probe-results.v1-io.evenkeel.events.avro.Tick", "evenkeel.alerts.v1-value");
        }
        assertThat(server.compatibility).hasSize(33)
                .containsEntry("evenkeel.probe-results.v1-io.evenkeel.events.avro.ProbeResult", "BACKWARD_TRANSITIVE")
                .containsEntry("evenkeel.alerts.v1-value", "FULL_TRANSITIVE");
    }

    @Test
    void registrationOnlyLooksUpWhenItMayNotRegister() throws InterruptedException {
        var topics = new Topics();
        try (var client = client(server.url())) {
            assertThatThrownBy(() -> new SchemaRegistration(client, topics, false).ensure(_ -> {
            }))
                    .isInstanceOf(SerializationException.class).hasMessageContaining("auto.register.schemas");
            assertThat(server.subjects()).isEmpty();
            new SchemaRegistration(client, topics, true).ensure(_ -> {
            });
        }
        try (var fresh = client(server.url())) {
            new SchemaRegistration(fresh, topics, false).ensure(_ -> {
            });
        }
    }

    @Test
    void registrationWaitsForARegistryThatIsDown() throws InterruptedException {
        List<String> told = new ArrayList<>();
        server.failWith = 503;
        try (var client = client(server.url())) {
            new SchemaRegistration(client, new Topics(), true).ensure(line -> {
                told.add(line);
                server.failWith = 0;
            });
        }
        assertThat(told).singleElement().asString().contains("waiting for the schema registry").contains("503");
        assertThat(server.subjects()).hasSize(33);
    }

    private static RegistryClient client(String urls) {
        return RegistryClient.of(Map.of("schema.registry.url", urls, "http.read.timeout.ms", "300"));
    }
}
