package io.evenkeel.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ClusterView.Members;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.NodeReported;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.endpoint.HealthEndpointSettings;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.testing.FakeElasticsearch;
import io.evenkeel.probe.testing.FullBacklog;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an agent makes of servers that really behave so. */
final class AgentSightTest {

    private static final Vantage VANTAGE = new Vantage("a", "zone-a");

    private final InMemoryBus bus = new InMemoryBus();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void eachClassOfFailureIsToldApart() throws IOException {
        var nodes = new TreeMap<String, String>();
        nodes.put("refused", dead());
        nodes.put("reset", raw(new RawServer(connection -> {
            connection.readRequest();
            connection.reset();
        })));
        nodes.put("unconnected", opened(new FullBacklog()).url());
        nodes.put("silent", raw(new RawServer(_ -> new CountDownLatch(1).await())));
        nodes.put("plain", raw(new RawServer(connection -> {
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
            connection.readRequest();
        })).replace("http://", "https://"));
        nodes.put("failing", raw(RawServer.answering(503, "")));
        nodes.put("stranger", node().local(200, local("somebody")).url());
        nodes.put("overloaded", raw(RawServer.answering(429, "")));
        nodes.put("full", node().local(200, local("full")).disk(200, """
                {"nodes":{"x":{"name":"full","fs":{"data":[{"path":"/data","total_in_bytes":1000,
                "available_in_bytes":30,"flood_stage_free_space_in_bytes":50}]}}}}""").url());
        nodes.put("healthy", node().local(200, local("healthy")).url());

        start(null, List.of(), cluster("search", nodes));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(newestReasons()).isEqualTo(Map.of(
                "refused", FailureReason.CONNECT_REFUSED.name(), "reset", FailureReason.RESET.name(), "unconnected",
                FailureReason.CONNECT_TIMEOUT.name(), "silent", FailureReason.READ_TIMEOUT.name(), "plain",
                FailureReason.TLS.name(), "failing", FailureReason.HTTP_STATUS.name(), "stranger",
                FailureReason.BODY_MISMATCH.name(), "overloaded", FailureReason.OVERLOADED.name(), "full",
                FailureReason.DISK.name(), "healthy", "healthy")));
    }

    @Test
    void theMembersThatAMasterCountsInAreTold() {
        var node = node();

        start(null, List.of(), cluster("search", Map.of("n1", node.url())));

        await().untilAsserted(() -> assertThat(results(ClusterProbed.class)).isNotEmpty());
        await().untilAsserted(() -> assertThat(results(ClusterProbed.class).getLast().view().members())
                .isEqualTo(new Members.Listed(new TreeSet<>(Set.of("n1")))));
    }

    @Test
    void theNodeOnItsOwnHostIsReportedWithItsIncarnation() {
        var node = node();
        start(node.url(), List.of(), cluster("search", Map.of("n1", node.url())));

        await().untilAsserted(() -> assertThat(results(NodeReported.class)).isNotEmpty());
        assertThat(results(NodeReported.class)).allSatisfy(report -> {
            assertThat(report.node().toString()).isEqualTo("search/n1");
            assertThat(report.incarnation()).isEqualTo(bus.node().incarnation());
            assertThat(report.timing().interval()).isEqualTo(Duration.ofMillis(500));
            assertThat(report.outcome()).isEqualTo(new Outcome.Success());
        });

        node.close();

        await().untilAsserted(() -> assertThat(results(NodeReported.class).getLast().outcome())
                .isInstanceOfSatisfying(Outcome.Failure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.CONNECT_REFUSED)));
    }

    @Test
    void aNodeOnItsOwnHostThatIsNoTargetIsNotReported() {
        var watched = node();
        var foreign = node().local(200, local("elsewhere"));
        start(foreign.url(), List.of(), cluster("search", Map.of("n1", watched.url())));

        await().untilAsserted(() -> assertThat(foreign.questions()).hasSizeGreaterThan(2));
        assertThat(results(NodeReported.class)).isEmpty();
    }

    @Test
    void anAgentThatIsCutOffFromEverythingDoubtsItself() throws IOException {
        var reference = RawServer.answering(404, "");
        opened(reference);
        start(null, List.of(URI.create("tcp://127.0.0.1:" + reference.port()), URI.create(reference.url())),
                cluster("search", Map.of("n1", dead())));
        await().untilAsserted(() -> assertThat(results(NodeProbed.class)).hasSizeGreaterThan(3));
        assertThat(results(NodeProbed.class).getLast().source().doubt()).isEmpty();

        reference.die();

        await().untilAsserted(() -> assertThat(results(NodeProbed.class).getLast().source().doubt())
                .isEqualTo("2 of 2 unrelated targets fail"));
        await().untilAsserted(() -> assertThat(results(ClusterProbed.class).getLast().source().doubt()).isNotEmpty());
    }

    private void start(@Nullable String localNode, List<URI> references, ClusterSettings cluster) {
        var endpoint = localNode == null
                ? null
                : new HealthEndpointSettings("127.0.0.1", 0, localNode, Duration.ofSeconds(1), Access.OPEN);
        var settings = new AgentSettings(VANTAGE, "test/1", List.of(cluster), Duration.ofSeconds(1), endpoint,
                references);
        opened(new ProbeAgent(settings, bus, AutoScalingGroups.NONE)).start();
    }

    private static ClusterSettings cluster(String id, Map<String, String> urls) {
        var nodes = urls.entrySet().stream()
                .map(node -> new StaticNode(node.getKey(), node.getValue(), "zone-a", Set.of("data"))).toList();
        return new ClusterSettings(new ClusterId(id), "search", DiscoverySettings.of(List.of(), nodes, List.of()),
                "canary", new ProbePace(Duration.ofMillis(500), Duration.ofMillis(450)), List.of(VANTAGE), Access.OPEN);
    }

    private Map<String, String> newestReasons() {
        var newest = new TreeMap<String, String>();
        for (var result : results(NodeProbed.class)) {
            newest.put(result.node().name(), switch (result.outcome()) {
                case Outcome.Success _ -> "healthy";
                case Outcome.Failure(var reason, _) -> reason.name();
            });
        }
        return newest;
    }

    private <T extends ProbeResult> List<T> results(Class<T> type) {
        return bus.results(type);
    }

    private FakeElasticsearch node() {
        return opened(new FakeElasticsearch());
    }

    private String raw(RawServer server) {
        return opened(server).url();
    }

    private String dead() throws IOException {
        var server = RawServer.answering(200, "");
        server.die();
        return server.url();
    }

    private static String local(String name) {
        return "{\"cluster_name\":\"search\",\"nodes\":{\"x\":{\"name\":\"" + name + "\"}}}";
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
