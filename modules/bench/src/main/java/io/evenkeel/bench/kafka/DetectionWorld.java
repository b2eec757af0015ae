package io.evenkeel.bench.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.node.NodeFarm;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.lab.process.FreePorts;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code evenkeel run} and an agent in each of two zones, processes of their own, and the nodes they watch: those of
 * cluster {@code slow} by confirmations, those of cluster {@code plain} every second and by the threshold alone.
 */
final class DetectionWorld implements AutoCloseable {

    static final String SLOW = "slow";
    static final String PLAIN = "plain";
    static final Duration SLOW_INTERVAL = Duration.ofSeconds(30);
    static final Duration PLAIN_INTERVAL = Duration.ofSeconds(1);
    static final Duration PLAIN_TIMEOUT = Duration.ofMillis(900);
    static final int THRESHOLD = 3;

    private static final List<String> VANTAGES = List.of("vantage-a", "vantage-b");
    private static final Duration START = Duration.ofMinutes(3);

    private final KafkaWorld world;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePorts.find();
    private final List<WatchedNode> slow = new ArrayList<>();
    private final List<WatchedNode> plain = new ArrayList<>();
    private final WatchedNode paused;
    private final NodeFarm reset;
    private final String resetName;
    private final Transitions transitions;

    DetectionWorld(BenchOptions options, KafkaWorld world, int slowNodes, int plainNodes) throws Exception {
        this.world = world;
        options.say("starting %d nodes, a pipeline and two agents".formatted(slowNodes + plainNodes + 2));
        for (int i = 0; i < slowNodes + plainNodes; i++) {
            var nodes = i < slowNodes ? slow : plain;
            nodes.add(WatchedNode.start(world, i < slowNodes ? SLOW : PLAIN, i, port));
        }
        paused = WatchedNode.start(world, SLOW, slowNodes + plainNodes, port);
        int number = slowNodes + plainNodes + 1;
        resetName = NodeFarm.address(number);
        reset = new NodeFarm(SLOW, port, number, 1);
        for (String url : urls().toList()) {
            Traffic.await(START, "the start of " + url, () -> told(url) >= 0);
        }
        var config = Files.writeString(world.folder().resolve("detection.yaml"), configuration(), UTF_8).toString();
        world.evenkeel("run", List.of("-Xmx512m"), List.of("run", "--config", config));
        for (String vantage : VANTAGES) {
            world.evenkeel(vantage, AgentBench.JVM, List.of("agent", "--config", config, "--vantage", vantage));
        }
        transitions = new Transitions(world);
    }

    private Stream<WatchedNode> all() {
        return Stream.of(slow, plain, List.of(paused)).flatMap(List::stream);
    }

    private Stream<String> urls() {
        return Stream.concat(all().map(WatchedNode::url), Stream.of(WatchedNode.url(resetName, port)));
    }

    /** Until every node is UP and each agent keeps a connection to it open. */
    void awaitWatched() throws Exception {
        Traffic.await(START, "UP of each node", () -> Stream.concat(all().map(WatchedNode::name), Stream.of(resetName))
                .allMatch(name -> transitions.first(name, now -> now.to() == NodeState.UP).isPresent()));
        for (String url : urls().toList()) {
            Traffic.await(START, "a kept-open connection of each vantage to " + url,
                    () -> told(url) >= VANTAGES.size());
        }
    }

    private long told(String url) {
        return WatchedNode.told(http, url, NodeFarm.WAITING);
    }

    Transitions transitions() {
        return transitions;
    }

    List<WatchedNode> slow() {
        return slow;
    }

    List<WatchedNode> plain() {
        return plain;
    }

    /** Hangs a process for so long; returns its name. */
    String pause(Duration time) throws InterruptedException {
        paused.process().pause();
        Thread.sleep(time);
        paused.process().resume();
        return paused.name();
    }

    /** Resets the connection that each vantage keeps open to a node; returns its name. */
    String reset() throws IOException {
        int connections = reset.resetWaiting();
        if (connections < VANTAGES.size()) {
            throw new IllegalStateException("only " + connections + " connections were open to " + resetName);
        }
        return resetName;
    }

    private String configuration() {
        var settings = world.wire().settings();
        return """
                kafka: {bootstrapServers: "%s", replicationFactor: 1, stateFolder: %s}
                schemaRegistry: {url: "%s", autoRegister: true}
                vantages: [{name: %s, zone: zone-1}, {name: %s, zone: zone-2}]
                agent: {health: {enabled: false}, metrics: {enabled: false}}
                decision: {armed: false}
                actions: {home: %s}
                metrics: {enabled: false}
                clusters:
                """.formatted(world.kafka().bootstrapServers(), world.folder().resolve("state"),
                settings.get("schema.registry.url"), VANTAGES.getFirst(), VANTAGES.getLast(), world.folder())
                + cluster(SLOW, SLOW_INTERVAL, Duration.ofSeconds(3), 3,
                        Stream.concat(Stream.concat(slow.stream().map(WatchedNode::name), Stream.of(paused.name())),
                                Stream.of(resetName)))
                + cluster(PLAIN, PLAIN_INTERVAL, PLAIN_TIMEOUT, 0, plain.stream().map(WatchedNode::name));
    }

    private String cluster(String id, Duration interval, Duration timeout, int confirmations, Stream<String> nodes) {
        return """
                  - id: %s
                    nodes: [%s]
                    probe: {interval: %dms, timeout: %dms}
                    health: {failureThreshold: %d, recoveryThreshold: 1, minimumHealthy: 0s, confirmations: %d}
                """.formatted(id,
                nodes.map(name -> WatchedNode.item(name, WatchedNode.url(name, port)))
                        .collect(Collectors.joining(", ")),
                interval.toMillis(), timeout.toMillis(), THRESHOLD, confirmations).indent(2);
    }

    @Override
    public void close() throws IOException {
        transitions.close();
        reset.close();
        http.close();
    }
}
