package io.evenkeel.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.events.Keys;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.testing.FakeElasticsearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an agent does with its shares of its vantage's targets. */
final class SharingTest {

    private static final Vantage VANTAGE = new Vantage("a", "zone-a");
    private static final ClusterId CLUSTER = new ClusterId("search");
    private static final Set<Integer> LOWER = Set.of(0, 1, 2, 3, 4, 5);
    private static final Set<Integer> UPPER = Set.of(6, 7, 8, 9, 10, 11);

    private final FakeElasticsearch node = new FakeElasticsearch();
    private final List<ProbeAgent> agents = new ArrayList<>();

    @AfterEach
    void close() {
        agents.forEach(ProbeAgent::close);
        node.close();
    }

    @Test
    void theNodesOfOneClusterAreSplit() {
        var first = new InMemoryBus(LOWER);
        var second = new InMemoryBus(UPPER);
        start(first, Duration.ofMillis(200));
        start(second, Duration.ofMillis(200));

        targets().forEach(target -> List.of(first, second).forEach(bus -> bus.tell(Keys.of(target), target)));

        await().untilAsserted(() -> assertThat(probed(first)).hasSize(sharesOf(LOWER).size()));
        await().untilAsserted(() -> assertThat(probed(second)).hasSize(sharesOf(UPPER).size()));
        assertThat(probed(first)).isEqualTo(sharesOf(LOWER)).isNotEmpty();
        assertThat(probed(second)).isEqualTo(sharesOf(UPPER)).isNotEmpty();
    }

    @Test
    void targetsOfALostShareAreNotProbedAnyMore() {
        var bus = new InMemoryBus(InMemoryBus.ALL);
        var agent = start(bus, Duration.ofMillis(200));
        targets().forEach(target -> bus.tell(Keys.of(target), target));
        await().untilAsserted(() -> assertThat(probed(bus)).hasSize(targets().size()));

        bus.own(UPPER);

        int cluster = Shares.of(CLUSTER.value()) > 5 ? 1 : 0;
        assertThat(agent.status().targets()).isEqualTo(sharesOf(UPPER).size() + cluster);
        bus.own(Set.of());
        assertThat(agent.status().targets()).isZero();
    }

    @Test
    void targetsThatAreTakenOverAreProbedWithinSecondsAndNotOnlyAfterAnInterval() {
        var bus = new InMemoryBus(UPPER);
        start(bus, Duration.ofHours(1));
        targets().forEach(target -> bus.tell(Keys.of(target), target));

        bus.own(InMemoryBus.ALL);

        await().untilAsserted(() -> assertThat(probed(bus)).containsAll(sharesOf(LOWER)));
    }

    @Test
    void onlyTheOwnerOfTheClustersShareWritesItsTargets() {
        int own = Shares.of(CLUSTER.value());
        var others = new HashSet<>(InMemoryBus.ALL);
        others.remove(own);
        var idle = new InMemoryBus(others);
        var busy = new InMemoryBus(Set.of(own));
        start(idle, Duration.ofMillis(200));
        start(busy, Duration.ofMillis(200));

        await().untilAsserted(() -> assertThat(busy.written()).isNotEmpty());
        assertThat(idle.written()).isEmpty();

        idle.own(InMemoryBus.ALL);
        await().untilAsserted(() -> assertThat(idle.written()).isNotEmpty());
    }

    @Test
    void partitionsAreShares() {
        var told = new ArrayList<Shares>();
        var paused = new HashSet<TopicPartition>();
        var assignment = new ShareAssignment(paused::addAll, "group", told::add);

        assignment.onPartitionsAssigned(partitions(1, 2));
        assignment.onPartitionsAssigned(partitions(5));
        assignment.onPartitionsRevoked(partitions(1));

        assertThat(told).containsExactly(new Shares(Set.of(1, 2)), new Shares(Set.of(1, 2, 5)),
                new Shares(Set.of(2, 5)));
        assertThat(paused).containsExactlyInAnyOrderElementsOf(partitions(1, 2, 5));
    }

    @Test
    void whoLosesTheGroupKeepsItsSharesUntilItIsGivenOthers() {
        var told = new ArrayList<Shares>();
        var assignment = new ShareAssignment(_ -> {
            // Nothing to read.
        }, "group", told::add);
        assignment.onPartitionsAssigned(partitions(1, 2));

        assignment.onPartitionsLost(partitions(1, 2));
        assertThat(told).containsExactly(new Shares(Set.of(1, 2)));

        assignment.onPartitionsAssigned(partitions(2, 7));
        assertThat(told).last().isEqualTo(new Shares(Set.of(2, 7)));
    }

    private ProbeAgent start(AgentBus bus, Duration interval) {
        var discovery = DiscoverySettings.of(List.of("http://127.0.0.1:1"), List.of(), List.of());
        var cluster = new ClusterSettings(CLUSTER, "search", discovery, "canary",
                new ProbePace(interval, Duration.ofMillis(190)),
                List.of(VANTAGE), Access.OPEN);
        var agent = new ProbeAgent(new AgentSettings(VANTAGE, "test/" + agents.size(), List.of(cluster),
                Duration.ofSeconds(1), null), bus, AutoScalingGroups.NONE);
        agents.add(agent);
        agent.start();
        return agent;
    }

    private List<NodeTarget> targets() {
        return IntStream.range(0, 40).mapToObj(i -> new NodeTarget(new NodeId(CLUSTER, "n" + i), "e", node.url(), "",
                List.of("data"), "", List.of(VANTAGE), Phase.EXPECTED)).toList();
    }

    private Set<String> sharesOf(Set<Integer> shares) {
        return targets().stream().map(Keys::of).filter(key -> shares.contains(Shares.of(key)))
                .collect(Collectors.toSet());
    }

    private static Set<String> probed(InMemoryBus bus) {
        return bus.results(NodeProbed.class).stream().map(result -> result.node().toString())
                .collect(Collectors.toSet());
    }

    private static Collection<TopicPartition> partitions(int... numbers) {
        return IntStream.of(numbers).mapToObj(number -> new TopicPartition("targets", number)).toList();
    }
}
