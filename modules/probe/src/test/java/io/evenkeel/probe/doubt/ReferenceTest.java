package io.evenkeel.probe.doubt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration PATIENT = Duration.ofSeconds(5);

    private final Reference references = new Reference();

    @AfterEach
    void close() {
        references.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 500})
    void anyStatusIsASignOfLife(int status) throws IOException {
        try (var server = RawServer.answering(status, "")) {
            assertThat(references.answers(URI.create(server.url()), PATIENT)).isTrue();
        }
    }

    @Test
    void aWrongProtocolIsASignOfLifeToo() throws IOException {
        try (var server = new RawServer(connection -> {
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
            connection.readRequest();
        })) {
            assertThat(references.answers(URI.create("https://127.0.0.1:" + server.port()), PATIENT)).isTrue();
        }
    }

    @Test
    void silenceIsNone() throws IOException {
        try (var server = new RawServer(_ -> new CountDownLatch(1).await())) {
            assertThat(references.answers(URI.create(server.url()), TIMEOUT)).isFalse();
            assertThat(references.answers(tcp(server), PATIENT)).as("but it takes connections").isTrue();
        }
    }

    @Test
    void nobodyThereIsNone() throws IOException {
        try (var server = RawServer.answering(200, "")) {
            server.die();
            assertThat(references.answers(URI.create(server.url()), PATIENT)).isFalse();
            assertThat(references.answers(tcp(server), PATIENT)).isFalse();
            assertThat(references.answers(URI.create("tcp://no-such-host.invalid:1"), PATIENT)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "tcp://host", "ftp://host:21", "http://", "no url"})
    void onlyWhatCanBeAskedIsAnAddress(String text) {
        assertThatThrownBy(() -> Reference.address(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Reference.address("tcp://10.0.0.2:53").getPort()).isEqualTo(53);
        assertThat(Reference.address("https://example.com/health").getHost()).isEqualTo("example.com");
    }

    private static URI tcp(RawServer server) {
        return URI.create("tcp://127.0.0.1:" + server.port());
    }
}
