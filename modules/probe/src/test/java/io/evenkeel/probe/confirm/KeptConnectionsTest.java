package io.evenkeel.probe.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.SilentConnector;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeptConnectionsTest {

    private final KeptConnections connections = KeptConnections.start(3);
    private final SilentConnector connector = new SilentConnector(Access.OPEN, Duration.ofSeconds(5));
    private final List<RawServer.Connection> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger drops = new AtomicInteger();

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void endsAndResetsByTheOtherSideAreTold() throws IOException {
        try (var server = server()) {
            keep(server);
            keep(server);
            await().untilAsserted(() -> assertThat(accepted).hasSize(2));

            accepted.getFirst().end();
            accepted.getLast().reset();

            await().untilAsserted(() -> assertThat(drops).hasValue(2));
            assertThat(connections.open()).isZero();
        }
    }

    @Test
    void whatComesUnaskedIsThrownAway() throws IOException {
        try (var server = server()) {
            keep(server);
            await().untilAsserted(() -> assertThat(accepted).hasSize(1));

            accepted.getFirst().write("x".repeat(1_000_000));

            await().during(Duration.ofMillis(200)).untilAsserted(() -> assertThat(drops).hasValue(0));
            accepted.getFirst().end();
            await().untilAsserted(() -> assertThat(drops).hasValue(1));
        }
    }

    @Test
    void endingOneOurselvesIsNoDrop() throws IOException {
        try (var server = server()) {
            var kept = keep(server);

            kept.close();
            kept.close();

            await().untilAsserted(() -> assertThat(ended).hasValue(1));
            assertThat(connections.open()).isZero();
            assertThat(drops).hasValue(0);
        }
    }

    @Test
    void allEndWithTheAgent() throws IOException {
        try (var server = server()) {
            keep(server);
            keep(server);
            await().untilAsserted(() -> assertThat(accepted).hasSize(2));

            connections.close();

            await().untilAsserted(() -> assertThat(ended).hasValue(2));
            assertThat(drops).hasValue(0);
        }
    }

    @Test
    void noMoreAreKeptThanThereIsRoomFor() throws IOException {
        try (var server = server()) {
            keep(server);
            keep(server);
            assertThat(connections.hasRoom()).isTrue();

            keep(server);

            assertThat(connections.hasRoom()).isFalse();
        }
    }

    private RawServer server() {
        return new RawServer(connection -> {
            accepted.add(connection);
            assertThat(connection.readRequest()).isFalse();
            ended.incrementAndGet();
        });
    }

    private KeptConnections.Kept keep(RawServer server) throws IOException {
        return connections.keep(connector.open(URI.create(server.url())), drops::incrementAndGet);
    }
}
