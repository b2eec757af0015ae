package io.evenkeel.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.NodeReported;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.doubt.Pauses;
import io.evenkeel.probe.doubt.SelfDoubt;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.node.NodeProbe;
import io.evenkeel.probe.schedule.ResultOutbox;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReporterTest {

    private static final Vantage VANTAGE = new Vantage("a", "zone-a");
    private static final Outcome HEALTHY = new Outcome.Success();
    private static final Outcome SILENT = new Outcome.Failure(FailureReason.READ_TIMEOUT, "no answer");
    private static final String BODY = "{\"cluster_name\":\"search\",\"nodes\":{\"x\":{\"name\":\"n1\"}}}";

    private final List<ProbeResult> results = new CopyOnWriteArrayList<>();
    private final ResultOutbox outbox = new ResultOutbox(result -> {
        results.add(result);
        return CompletableFuture.completedFuture(null);
    }, 1000, System::nanoTime);
    private final Pauses pauses = new Pauses(System.nanoTime());
    private final Reporter reporter = new Reporter(VANTAGE, "test/1", outbox, new SelfDoubt(System.nanoTime()),
            pauses);

    @BeforeEach
    void start() {
        outbox.start();
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void aResultSaysHowLateItsProbeBegan() {
        reporter.node(target("a", "n1"), cluster("a"), Purpose.SCHEDULED, Duration.ofMillis(4200), () -> HEALTHY);
        reporter.cluster(cluster("a"), Duration.ofMillis(700), () -> new ClusterView(1, 1, ClusterView.Canary.WORKS,
                ClusterView.Colour.GREEN, ClusterView.Master.SEEN, ""));

        await().untilAsserted(() -> assertThat(results).extracting(result -> result.timing().lateness())
                .containsExactly(Duration.ofMillis(4200), Duration.ofMillis(700)));
    }

    @Test
    void aServerThatSuddenlyTakesLongIsSlow() throws IOException {
        var answered = new AtomicInteger();
        try (var http = new ProbeHttp(Access.OPEN, 1); var server = new RawServer(connection -> {
            while (connection.readRequest()) {
                if (answered.incrementAndGet() == 21) {
                    Thread.sleep(600);
                }
                connection.respond(200, BODY);
            }
        })) {
            var probe = new NodeProbe(http);
            for (int i = 0; i < 22; i++) {
                pauses.beat(System.nanoTime());
                reporter.node(target("a", "n1"), cluster("a"), Purpose.SCHEDULED, Duration.ZERO,
                        () -> beating(() -> probe.probe(server.url(), "n1", "search", Duration.ofSeconds(5))));
            }
        }

        await().untilAsserted(() -> assertThat(results).hasSize(22));
        assertThat(reasons().subList(0, 20)).containsOnly("healthy");
        assertThat(reasons().get(20)).matches("SLOW: took \\d+ ms, usually \\d+ ms");
        assertThat(reasons().get(21)).isEqualTo("healthy");
    }

    @Test
    void whatTheAgentWasStoppedForIsNotTheTargetsSlowness() {
        for (int i = 0; i < 20; i++) {
            probe("a", "n1", () -> HEALTHY);
        }

        probe("a", "n1", () -> stopped(Duration.ofMillis(700), HEALTHY));

        await().untilAsserted(() -> assertThat(reasons()).hasSize(21).containsOnly("healthy"));
    }

    @Test
    void aTimeoutThatTheAgentSleptThroughIsDoubted() {
        probe("a", "n1", () -> stopped(Duration.ofMillis(400), SILENT));
        probe("a", "n1", () -> SILENT);
        probe("a", "n1", () -> stopped(Duration.ofMillis(400), HEALTHY));

        await().untilAsserted(() -> assertThat(results).hasSize(3));
        assertThat(results.getFirst().source().doubt()).matches("was stopped for 0\\.\\d s");
        assertThat(results.get(1).source().doubt()).isEmpty();
        assertThat(results.get(2).source().doubt()).as("an answer is an answer").isEmpty();
    }

    @Test
    void afterAPauseOfTwoSecondsNothingThatSpannedItIsTrusted() {
        probe("a", "n1", () -> stopped(Duration.ofMillis(2050), HEALTHY));
        probe("a", "n1", () -> HEALTHY);

        await().untilAsserted(() -> assertThat(results).hasSize(2));
        assertThat(results.getFirst().source().doubt()).matches("was stopped for 2\\.\\d s");
        assertThat(results.getLast().source().doubt()).isEmpty();
    }

    @Test
    void whoFailsAllTargetsOfAllClustersDoubtsItselfUntilOneAnswers() {
        probe("b", "n1", () -> SILENT);
        probe("b", "n2", () -> SILENT);
        probe("a", "n1", () -> SILENT);
        probe("b", "n2", () -> HEALTHY);
        probe("a", "n1", () -> SILENT);

        await().untilAsserted(() -> assertThat(results).extracting(result -> result.source().doubt())
                .containsExactly("", "", "2 of 2 unrelated targets fail", "", ""));
    }

    @Test
    void anAnswerThatNoHealthyNodeGivesIsAnAnswerAllTheSame() {
        probe("b", "n1", () -> new Outcome.Failure(FailureReason.OVERLOADED, "HTTP 429"));
        probe("b", "n2", () -> SILENT);
        probe("a", "n1", () -> SILENT);

        await().untilAsserted(() -> assertThat(results).hasSize(3)
                .allSatisfy(result -> assertThat(result.source().doubt()).isEmpty()));
    }

    @Test
    void ownReportsCountForThemselves() {
        long now = System.nanoTime();
        probe("a", "n1", () -> HEALTHY);
        reporter.own(target("a", "n1"), HEALTHY, Duration.ofSeconds(1), new Reporter.Span(now, now, Duration.ZERO));
        probe("a", "n1", () -> HEALTHY);

        await().untilAsserted(() -> assertThat(results).extracting(result -> result.source().counter())
                .containsExactly(1L, 1L, 2L));
        assertThat(results.get(1)).isInstanceOf(NodeReported.class);
        assertThat(reporter.probes()).isEqualTo(2);
    }

    private void probe(String cluster, String node, Supplier<Outcome> probe) {
        pauses.beat(System.nanoTime());
        reporter.node(target(cluster, node), cluster(cluster), Purpose.SCHEDULED, Duration.ZERO, probe);
    }

    /** No beat comes meanwhile. */
    private static Outcome stopped(Duration time, Outcome then) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return then;
    }

    /** Beats come until the probe is over. */
    private Outcome beating(Supplier<Outcome> probe) {
        var running = new CompletableFuture<Void>();
        var beats = Thread.ofVirtual().start(() -> {
            while (!running.isDone()) {
                pauses.beat(System.nanoTime());
                LockSupport.parkNanos(Pauses.BEAT.toNanos() / 4);
            }
        });
        try {
            return probe.get();
        } finally {
            running.complete(null);
            LockSupport.unpark(beats);
        }
    }

    private List<String> reasons() {
        return results.stream().map(NodeProbed.class::cast).map(result -> switch (result.outcome()) {
            case Outcome.Success _ -> "healthy";
            case Outcome.Failure(var reason, var detail) -> reason + ": " + detail;
        }).toList();
    }

    private static NodeTarget target(String cluster, String node) {
        return new NodeTarget(new NodeId(new ClusterId(cluster), node), "i-1", "http://127.0.0.1:1", "",
                List.of(), "", List.of(VANTAGE), Phase.EXPECTED);
    }

    private static ClusterSettings cluster(String id) {
        return new ClusterSettings(new ClusterId(id), "search",
                DiscoverySettings.of(List.of("http://127.0.0.1:1"), List.of(), List.of()), "canary",
                new ProbePace(Duration.ofSeconds(1), Duration.ofMillis(300)), List.of(VANTAGE), Access.OPEN);
    }
}
