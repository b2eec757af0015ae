package io.evenkeel.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    @Test
    void itBeatsOnlyWhileTimeGoesOnAndSurvivesRefusals() throws IOException {
        // Given
        var beats = new AtomicInteger();
        var asked = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            beats.incrementAndGet();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ping/secret");
        // When time goes on for the first three questions, then stands still
        try (var heartbeat = new Heartbeat(url, Duration.ofMillis(20), () -> asked.incrementAndGet() <= 3)) {
            heartbeat.start();
            // Then
            await().untilAsserted(() -> assertThat(asked.get()).isGreaterThan(10));
            assertThat(beats.get()).isEqualTo(3);
        } finally {
            server.stop(0);
        }
    }
}
