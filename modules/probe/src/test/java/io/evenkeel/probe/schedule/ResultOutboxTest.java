package io.evenkeel.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.core.health.ProbeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ResultOutboxTest {

    private final AtomicLong now = new AtomicLong(-3);
    private final List<ProbeResult> arrived = new CopyOnWriteArrayList<>();

    @Test
    void ageIsCountedFromTheVerdictToTheHandOver() {
        try (var outbox = new ResultOutbox(this::arrive, 10, now::get)) {
            outbox.offer(now.get(), result(1));
            now.addAndGet(Duration.ofSeconds(4).toNanos());
            outbox.start();

            await().untilAsserted(() -> assertThat(ages()).containsExactly(Duration.ofSeconds(4)));
            assertThat(outbox.sent()).isEqualTo(1);
        }
    }

    @Test
    void whatIsOlderThanTenSecondsIsDroppedAndCounted() {
        try (var outbox = new ResultOutbox(this::arrive, 10, now::get)) {
            outbox.offer(now.get(), result(1));
            now.addAndGet(Duration.ofSeconds(3).toNanos());
            outbox.offer(now.get(), result(2));
            now.addAndGet(Duration.ofSeconds(10).toNanos());
            outbox.start();

            await().untilAsserted(() -> assertThat(counters()).containsExactly(2L));
            assertThat(outbox.dropped()).isEqualTo(1);
        }
    }

    @Test
    void whenThereIsNoRoomTheOldestGoes() {
        try (var outbox = new ResultOutbox(this::arrive, 3, now::get)) {
            for (long i = 1; i <= 5; i++) {
                outbox.offer(now.get(), result(i));
            }
            outbox.start();

            await().untilAsserted(() -> assertThat(counters()).containsExactly(3L, 4L, 5L));
            assertThat(outbox.dropped()).isEqualTo(2);
        }
    }

    @Test
    void aSinkThatBlocksDoesNotHoldUpAProbe() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var outbox = new ResultOutbox(result -> {
            entered.countDown();
            awaitUninterrupted(release);
            return arrive(result);
        }, 2, now::get)) {
            outbox.start();
            outbox.offer(now.get(), result(1));
            entered.await();
            for (long i = 2; i <= 6; i++) {
                outbox.offer(now.get(), result(i));
            }
            assertThat(outbox.dropped()).isEqualTo(3);
            release.countDown();

            await().untilAsserted(() -> assertThat(counters()).containsExactly(1L, 5L, 6L));
        }
    }

    @Test
    void whatKafkaDoesNotTakeIsCountedAndTheRestGoesOn() {
        try (var outbox = new ResultOutbox(result -> switch ((int) result.source().counter()) {
            case 1 -> CompletableFuture.failedFuture(new IllegalStateException("no broker"));
            case 2 -> throw new IllegalStateException("closed");
            default -> arrive(result);
        }, 10, now::get)) {
            for (long i = 1; i <= 3; i++) {
                outbox.offer(now.get(), result(i));
            }
            outbox.start();

            await().untilAsserted(() -> assertThat(counters()).containsExactly(3L));
            assertThat(outbox.undelivered()).isEqualTo(2);
        }
    }

    @Test
    void whatIsLeftIsHandedOverAtTheEnd() {
        var outbox = new ResultOutbox(this::arrive, 100, now::get);
        for (long i = 1; i <= 50; i++) {
            outbox.offer(now.get(), result(i));
        }
        outbox.start();

        outbox.close();

        assertThat(arrived).hasSize(50);
    }

    private CompletionStage<?> arrive(ProbeResult result) {
        arrived.add(result);
        return CompletableFuture.completedFuture(null);
    }

    private List<Duration> ages() {
        return arrived.stream().map(result -> result.timing().ageAtSend()).toList();
    }

    private List<Long> counters() {
        return arrived.stream().map(result -> result.source().counter()).toList();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Function<Duration, ProbeResult> result(long counter) {
        return age -> new NodeProbed(NodeId.parse("search/n1"), "e1",
                new ProbeSource("a", "z", "agent", "boot", counter),
                Purpose.SCHEDULED, new Outcome.Success(), new Timing(Duration.ZERO, age, Duration.ofSeconds(1)));
    }
}
