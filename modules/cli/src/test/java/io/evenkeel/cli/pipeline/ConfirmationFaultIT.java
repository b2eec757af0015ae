package io.evenkeel.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.cli.pipeline.TopicReader.Seen;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.FreePorts;
import io.evenkeel.probe.AgentSettings;
import io.evenkeel.probe.ClusterSettings;
import io.evenkeel.probe.ProbeAgent;
import io.evenkeel.probe.ProbePace;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.http.Access;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two vantages in two zones, and processes that are really killed, frozen and cut off: what the agents see at once, and
 * what they don't. Cluster {@code slow} is probed every 30 s, cluster {@code quick} every 2 s.
 */
final class ConfirmationFaultIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** Far under the interval of 30 s; measured are about 0.7 s. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final Topics TOPICS = new Topics();
    private static final List<Vantage> VANTAGES = List.of(new Vantage("a", "zone-1"), new Vantage("b", "zone-2"));
    private static final List<String> KILLED = List.of("killed-1", "killed-2", "killed-3", "killed-4", "killed-5");

    @TempDir
    static Path folder;

    private static final Map<String, ChildProcess> NODES = new HashMap<>();
    private static final Map<String, LoopbackProxy> PROXIES = new HashMap<>();
    private static final Map<String, List<StaticNode>> CLUSTERS = new TreeMap<>();
    private static final List<ProbeAgent> AGENTS = new ArrayList<>();
    private static PipelineBench bench;
    private static TopicReader<Object> transitions;
    private static TopicReader<Object> results;

    @BeforeAll
    static void start() throws Exception {
        bench = new PipelineBench(folder.resolve("bench"), List.of()).startBroker();
        var run = bench.run("run", "{name: a, zone: zone-1}, {name: b, zone: zone-2}",
                item("slow", "30s", "3s") + item("quick", "2s", "1s"));
        KILLED.forEach(name -> node("slow", name));
        node("slow", "paused");
        proxied("slow", "reset");
        node("quick", "frozen");
        proxied("quick", "cut");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("pipeline runs"));
        transitions = new TopicReader<>(bench.kafka(), TOPICS.nodeTransitions(), bench.serdes().deserializer());
        results = new TopicReader<>(bench.kafka(), TOPICS.probeResults(), bench.serdes().deserializer());
        for (var vantage : VANTAGES) {
            var agent = new ProbeAgent(settings(vantage), bench.kafka(), bench.serdes(), TOPICS,
                    AutoScalingGroups.NONE);
            AGENTS.add(agent);
            agent.start();
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(NODES.keySet())
                .allSatisfy(name -> assertThat(states(name)).endsWith(NodeState.UP)));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(AGENTS)
                .allSatisfy(agent -> assertThat(agent.status().keptOpen()).isEqualTo(NODES.size())));
    }

    @AfterAll
    static void stop() throws Exception {
        AGENTS.forEach(ProbeAgent::close);
        transitions.close();
        results.close();
        for (var proxy : PROXIES.values()) {
            proxy.close();
        }
        bench.close();
    }

    private static String item(String id, String interval, String timeout) {
        return """
                  - id: %s
                    seeds: ["http://127.0.0.1:1"]
                    probe: {interval: %s, timeout: %s}
                    health: {failureThreshold: 3, recoveryThreshold: 1, minimumHealthy: 0s}
                """.formatted(id, interval, timeout).indent(2);
    }

    private static void node(String cluster, String name) {
        int port = FreePorts.find();
        serve(cluster, name, port);
        expect(cluster, name, port);
    }

    private static void proxied(String cluster, String name) {
        int port = FreePorts.find();
        serve(cluster, name, port);
        var proxy = new LoopbackProxy(port);
        PROXIES.put(name, proxy);
        expect(cluster, name, proxy.port());
    }

    private static void serve(String cluster, String name, int port) {
        NODES.put(name, bench.java(name, SmallNode.class, Integer.toString(port), name, cluster));
    }

    private static void expect(String cluster, String name, int port) {
        CLUSTERS.computeIfAbsent(cluster, _ -> new ArrayList<>())
                .add(new StaticNode(name, "http://127.0.0.1:" + port, "zone-1", Set.of("data")));
    }

    private static AgentSettings settings(Vantage vantage) {
        return new AgentSettings(vantage, "test/" + vantage.name(),
                List.of(cluster("slow", Duration.ofSeconds(30), Duration.ofSeconds(3)),
                        cluster("quick", Duration.ofSeconds(2), Duration.ofSeconds(1))),
                Duration.ofSeconds(30), null);
    }

    private static ClusterSettings cluster(String id, Duration interval, Duration timeout) {
        return new ClusterSettings(new ClusterId(id), id,
                DiscoverySettings.of(List.of(), CLUSTERS.getOrDefault(id, List.of()), List.of()), "canary",
                new ProbePace(interval,
                        timeout),
                VANTAGES, Access.OPEN);
    }

    private static ChildProcess process(String node) {
        return Objects.requireNonNull(NODES.get(node), node);
    }

    private static LoopbackProxy proxy(String node) {
        return Objects.requireNonNull(PROXIES.get(node), node);
    }

    private static List<Seen<Object>> of(String node) {
        return transitions.seen().stream()
                .filter(seen -> ((NodeTransition) seen.event()).node().name().equals(node)).toList();
    }

    private static List<NodeState> states(String node) {
        return of(node).stream().map(seen -> ((NodeTransition) seen.event()).to()).toList();
    }

    /** The first one that is so, and when it reached the reader. */
    private static Seen<Object> awaitFirst(String node, Predicate<NodeTransition> wanted) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).untilAsserted(
                () -> assertThat(of(node)).anyMatch(seen -> wanted.test((NodeTransition) seen.event())));
        return of(node).stream().filter(seen -> wanted.test((NodeTransition) seen.event())).findFirst().orElseThrow();
    }

    private static boolean isDown(NodeTransition transition) {
        return transition.to() == NodeState.DOWN;
    }

    @Test
    void aKilledProcessIsDownConfirmedLongBeforeItsNextProbe() {
        var took = new ArrayList<Duration>();
        for (String name : KILLED) {
            long before = System.nanoTime();
            process(name).kill9();
            var down = awaitFirst(name, ConfirmationFaultIT::isDown);
            took.add(Duration.ofNanos(down.nanos() - before));
            var transition = (NodeTransition) down.event();
            assertThat(transition.cause().confirmed()).as(transition.reason()).isTrue();
            assertThat(transition.cause().reasons()).isSubsetOf(FailureReason.CONNECT_REFUSED, FailureReason.RESET);
        }
        System.out.println("kill -9 to DOWN(confirmed) on node-transitions, interval 30 s, ms: "
                + took.stream().map(Duration::toMillis).toList());
        assertThat(took).allSatisfy(time -> assertThat(time).isLessThan(AT_ONCE));
    }

    @Test
    void aFrozenProcessIsDownByTimeOutsAndNotBefore() {
        long before = System.nanoTime();
        process("frozen").pause();
        assertDownByTimeOuts("frozen", before);
    }

    @Test
    void aCutNetworkIsDownByTimeOutsAndNotBefore() {
        long before = System.nanoTime();
        proxy("cut").cut();
        assertDownByTimeOuts("cut", before);
    }

    private static void assertDownByTimeOuts(String name, long before) {
        var down = awaitFirst(name, ConfirmationFaultIT::isDown);
        var transition = (NodeTransition) down.event();
        assertThat(transition.cause().confirmed()).isFalse();
        assertThat(transition.cause().reasons()).containsExactly(FailureReason.READ_TIMEOUT);
        var took = Duration.ofNanos(down.nanos() - before);
        System.out.println(name + " to DOWN, interval 2 s, time-out 1 s, threshold 3, ms: " + took.toMillis());
        // Three failures are two intervals and a time-out apart at least.
        assertThat(took).isGreaterThan(Duration.ofSeconds(5));
        assertThat(results.seen()).extracting(Seen::event)
                .filteredOn(event -> event instanceof NodeProbed probed && probed.node().name().equals(name)
                        && probed.purpose() == Purpose.CONFIRMATION)
                .isNotEmpty();
    }

    @Test
    void aPauseOf400MillisecondsChangesNothing() throws Exception {
        int before = of("paused").size();
        process("paused").pause();
        TimeUnit.MILLISECONDS.sleep(400);
        process("paused").resume();
        await().during(Duration.ofSeconds(4)).atMost(LIMIT)
                .untilAsserted(() -> assertThat(of("paused")).hasSize(before));
    }

    @Test
    void theResetOfOneConnectionIsLookedIntoAndChangesNothing() throws Exception {
        int before = of("reset").size();
        assertThat(proxy("reset").reset()).isGreaterThanOrEqualTo(VANTAGES.size());
        await().atMost(AT_ONCE).untilAsserted(() -> assertThat(confirmations("reset")).hasSize(VANTAGES.size())
                .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(new Outcome.Success())));
        await().during(Duration.ofSeconds(4)).atMost(LIMIT)
                .untilAsserted(() -> assertThat(of("reset")).hasSize(before));
    }

    private static List<NodeProbed> confirmations(String name) {
        return results.seen().stream().map(Seen::event).filter(NodeProbed.class::isInstance)
                .map(NodeProbed.class::cast)
                .filter(probed -> probed.node().name().equals(name) && probed.purpose() == Purpose.CONFIRMATION)
                .toList();
    }
}
