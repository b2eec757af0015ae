package io.evenkeel.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HandshakesTest {

    private final Handshakes handshakes = new Handshakes(1);

    @Test
    void oneBeginsWhenTheOneBeforeIsOver() throws InterruptedException {
        var begun = new AtomicInteger();
        var first = handshakes.begin(in(10_000));
        var waiting = IntStream.range(0, 2).mapToObj(_ -> Thread.ofVirtual().start(() -> {
            try {
                handshakes.begin(in(60_000));
                begun.incrementAndGet();
            } catch (InterruptedException _) {
                // The test has ended.
            }
        })).toList();
        await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(begun).hasValue(0));
        first.close();
        first.close();
        await().untilAsserted(() -> assertThat(begun).hasValue(1));
        await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(begun).hasValue(1));
        waiting.forEach(Thread::interrupt);
    }

    @Test
    void oneThatHasNoTurnInHalfOfItsTimeIsTheAgentsOwnFailure() throws InterruptedException {
        try (var _ = handshakes.begin(in(10_000))) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> handshakes.begin(in(400))).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("too many TLS handshakes");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(190));
        }
    }

    private static long in(long millis) {
        return System.nanoTime() + Duration.ofMillis(millis).toNanos();
    }
}
