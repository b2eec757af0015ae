package io.evenkeel.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.NodeRole;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.NodeReported;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.endpoint.HealthEndpointSettings;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.testing.FakeElasticsearch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProbeAgentTest {

    private static final Vantage VANTAGE = new Vantage("a", "zone-a");
    private static final ClusterId CLUSTER = new ClusterId("search");
    private static final NodeId NODE = new NodeId(CLUSTER, "n1");

    private final FakeElasticsearch node = new FakeElasticsearch();
    private final InMemoryBus bus = new InMemoryBus();
    private final ProbeAgent agent = new ProbeAgent(settings(), bus, AutoScalingGroups.NONE);

    @AfterEach
    void close() {
        agent.close();
        node.close();
    }

    @Test
    void aConfiguredNodeAndItsClusterAreProbedAgainAndAgain() {
        agent.start();

        await().untilAsserted(() -> assertThat(nodeResults()).hasSizeGreaterThanOrEqualTo(3));
        await().untilAsserted(() -> assertThat(clusterResults()).hasSizeGreaterThanOrEqualTo(3));
        assertThat(nodeResults()).allSatisfy(result -> {
            assertThat(result.node()).isEqualTo(NODE);
            assertThat(result.timing().interval()).isEqualTo(Duration.ofMillis(200));
            assertThat(result.source().vantage()).isEqualTo("a");
            assertThat(result.source().zone()).isEqualTo("zone-a");
            assertThat(result.source().agent()).isEqualTo("test/1");
        });
        await().untilAsserted(() -> assertThat(nodeResults().getLast().outcome()).isEqualTo(new Outcome.Success()));
        await().untilAsserted(() -> assertThat(clusterResults().getLast().view().fine()).isTrue());
    }

    @Test
    void resultsCountUpFromOneForEachTargetWithinOneBootId() {
        agent.start();

        await().untilAsserted(() -> assertThat(nodeResults()).hasSizeGreaterThanOrEqualTo(3));
        var results = nodeResults();
        assertThat(results).extracting(result -> result.source().counter())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, results.size()).boxed().toList());
        assertThat(results).extracting(result -> result.source().bootId()).containsOnly(agent.status().bootId());
        assertThat(clusterResults().getFirst().source().counter()).isEqualTo(1);
    }

    @Test
    void aNodeThatDiesIsSeenFailing() {
        agent.start();
        await().untilAsserted(() -> assertThat(nodeResults()).isNotEmpty());

        node.close();

        await().untilAsserted(() -> assertThat(nodeResults().getLast().outcome()).isInstanceOfSatisfying(
                Outcome.Failure.class,
                failure -> assertThat(failure.reason()).isEqualTo(FailureReason.CONNECT_REFUSED)));
        await().untilAsserted(() -> assertThat(clusterResults().getLast().view().unusable()).isTrue());
        await().untilAsserted(() -> assertThat(agent.status().failures()).isPositive());
    }

    @Test
    void factsAreReadByWhoHasTheClusterAndMoreOftenOnceANodeFails() {
        node.facts("{\"cluster_name\":\"search\",\"master_node\":\"x\",\"nodes\":{\"x\":{\"name\":\"" + NODE.name()
                + "\"}}}", "{\"status\":\"green\"}", "{\"nodes\":{}}");
        agent.start();

        await().untilAsserted(() -> assertThat(bus.facts()).isNotEmpty());
        assertThat(bus.facts().getFirst().membership().members()).containsExactly(NODE.name());
        await().untilAsserted(() -> assertThat(nodeResults()).hasSizeGreaterThanOrEqualTo(3));
        int before = bus.facts().size();
        node.local(503, "{}");

        await().untilAsserted(() -> assertThat(bus.facts()).hasSizeGreaterThan(before));
    }

    @Test
    void aConnectionIsKeptOpenToAHealthyNodeAndEndsWithTheAgent() {
        agent.start();

        await().untilAsserted(() -> assertThat(agent.status().keptOpen()).isEqualTo(1));
        agent.close();

        await().untilAsserted(() -> assertThat(agent.status().keptOpen()).isZero());
    }

    @Test
    void aHealthyNodeIsAskedByScheduleAlone() {
        agent.start();

        await().untilAsserted(() -> assertThat(nodeResults()).hasSizeGreaterThanOrEqualTo(10));
        assertThat(agent.status().keptOpen()).isEqualTo(1);
        int results = nodeResults().size() + ownReports();
        assertThat(nodeResults()).extracting(NodeProbed::purpose).containsOnly(Purpose.SCHEDULED);
        assertThat(node.questions().stream().filter(question -> question.startsWith("/_nodes/_local/_none")))
                .as("one for each result, and those on their way")
                .hasSizeBetween(results, nodeResults().size() + ownReports() + 2);
    }

    /** The node is on this host too. */
    private int ownReports() {
        return bus.results(NodeReported.class).size();
    }

    @Test
    void aNodeThatDiesIsConfirmedInTheSameCountAsItsScheduledResults() {
        agent.start();
        await().untilAsserted(() -> assertThat(nodeResults()).isNotEmpty());

        node.close();

        await().untilAsserted(() -> assertThat(nodeResults()).filteredOn(
                result -> result.purpose() == Purpose.CONFIRMATION && result.outcome() instanceof Outcome.Failure)
                .hasSize(3));
        var results = nodeResults();
        assertThat(results).extracting(result -> result.source().counter())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, results.size()).boxed().toList());
    }

    @Test
    void aRetiringTargetIsProbedAndARetiredOneIsNot() {
        agent.start();
        await().untilAsserted(() -> assertThat(agent.status().targets()).isEqualTo(2));
        var target = bus.node();

        bus.put(target.withPhase(Phase.RETIRING));
        assertThat(agent.status().targets()).isEqualTo(2);
        bus.put(target.withPhase(Phase.RETIRED));
        assertThat(agent.status().targets()).isEqualTo(1);
        bus.put(target);
        assertThat(agent.status().targets()).isEqualTo(2);
        bus.delete(NODE);
        assertThat(agent.status().targets()).isEqualTo(1);
    }

    @Test
    void targetsOfOtherClustersAreNotProbed() {
        agent.start();
        await().untilAsserted(() -> assertThat(agent.status().targets()).isEqualTo(2));
        var target = bus.node();

        bus.put(new NodeTarget(new NodeId(new ClusterId("search-2"), "n1"), "e", node.url(), "", target.roles(), "",
                List.of(VANTAGE), Phase.EXPECTED));

        assertThat(agent.status().targets()).isEqualTo(2);
    }

    @Test
    void withoutKafkaProbesGoOnAndLossesAreCounted() {
        agent.start();
        await().untilAsserted(() -> assertThat(agent.status().sent()).isPositive());
        bus.down();
        long made = agent.status().probes();

        await().untilAsserted(() -> assertThat(agent.status().undelivered()).isPositive());
        await().untilAsserted(() -> assertThat(agent.status().probes()).isGreaterThan(made + 3));
    }

    @Test
    void anAgentThatNeverStartedCanBeClosed() {
        agent.close();

        assertThat(agent.status().probes()).isZero();
    }

    @Test
    void theHealthEndpointIsServed() {
        agent.start();

        assertThat(agent.healthEndpointPort()).isPositive();
    }

    @Test
    void aResultDoesNotWaitInTheProducerForLongerThanItMayBeOld() {
        assertThat(KafkaBus.impatient(new KafkaSettings(Map.of("bootstrap.servers", "127.0.0.1:1"))).producer("x"))
                .containsEntry("delivery.timeout.ms", "10000");
    }

    @Test
    void aTimeoutMustEndBeforeTheNextProbe() {
        assertThatThrownBy(() -> cluster(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("timeout must be")
                .hasMessageContaining("PT1S");
    }

    @Test
    void aNodeOfARoleWithAPaceOfItsOwnIsProbedAtThatPace() {
        // Given
        var configured = new StaticNode("n1", node.url(), "zone-a", Set.of("master"));
        var calm = new ProbePace(Duration.ofMinutes(10), Duration.ofSeconds(1));
        var quick = new ProbePace(Duration.ofMillis(200), Duration.ofMillis(190));
        var cluster = new ClusterSettings(CLUSTER, "search",
                DiscoverySettings.of(List.of(), List.of(configured), List.of()), "canary", calm,
                Map.of(NodeRole.MASTER, quick), List.of(VANTAGE), Access.OPEN);
        // When
        var settings = new AgentSettings(VANTAGE, "test/1", List.of(cluster), Duration.ofSeconds(1), null);
        try (var paced = new ProbeAgent(settings, bus, AutoScalingGroups.NONE)) {
            paced.start();
            // Then
            await().untilAsserted(() -> assertThat(nodeResults()).hasSizeGreaterThanOrEqualTo(3)
                    .extracting(result -> result.timing().interval()).containsOnly(quick.interval()));
        }
    }

    private AgentSettings settings() {
        var endpoint = new HealthEndpointSettings("127.0.0.1", 0, node.url(), Duration.ofSeconds(1), Access.OPEN);
        return new AgentSettings(VANTAGE, "test/1", List.of(cluster(Duration.ofMillis(200), Duration.ofMillis(190))),
                Duration.ofSeconds(1), endpoint);
    }

    private ClusterSettings cluster(Duration interval, Duration timeout) {
        var configured = new StaticNode("n1", node.url(), "zone-a", Set.of("data"));
        return new ClusterSettings(CLUSTER, "search", DiscoverySettings.of(List.of(), List.of(configured), List.of()),
                "canary", new ProbePace(interval, timeout), List.of(VANTAGE), Access.OPEN);
    }

    private List<NodeProbed> nodeResults() {
        return bus.results(NodeProbed.class);
    }

    private List<ClusterProbed> clusterResults() {
        return bus.results(ClusterProbed.class);
    }
}
