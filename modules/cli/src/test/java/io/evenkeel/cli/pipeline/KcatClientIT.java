package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.core.health.Evidence;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Vote;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kcat example of docs/publish-probes.md, with the kcat that this machine has, against {@code evenkeel run}. */
final class KcatClientIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Topics TOPICS = new Topics();
    private static final String RESULTS = TOPICS.probeResults().name();
    private static final String MURMUR2 = "partitioner=murmur2_random";
    /** A cluster that librdkafka's default partitioner puts elsewhere than Kafka's does. */
    private static final String ASTRAY = IntStream.range(0, 100).mapToObj(i -> "astray-" + i)
            .filter(id -> crc32(id) != Partitioning.of(id, Topics.SPREAD)).findFirst().orElseThrow();

    @TempDir
    static Path folder;

    private static PipelineBench bench;
    private static TopicReader<Object> transitions;
    private static Kcat kcat;

    private static int crc32(String key) {
        var crc = new CRC32();
        crc.update(key.getBytes(UTF_8));
        return (int) (crc.getValue() % Topics.SPREAD);
    }

    @BeforeAll
    static void start() throws Exception {
        bench = new PipelineBench(folder.resolve("bench"), List.of("murmur2", ASTRAY, "silent", "poisoned"));
        kcat = new Kcat(folder, bench.kafka().bootstrapServers(), bench.registry().url().toString());
        bench.startBroker();
        ChildProcess run = bench.run("run");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("pipeline runs"));
        transitions = new TopicReader<>(bench.kafka(), TOPICS.nodeTransitions(), bench.serdes().deserializer());
    }

    @AfterAll
    static void stop() {
        if (transitions != null) {
            transitions.close();
        }
        bench.close();
    }

    private static ObjectNode result(NodeReports of, long counter, String reason) throws Exception {
        var result = Kcat.exampleResult();
        result.put("cluster", of.node().cluster().value()).put("node", of.node().name()).put("incarnation", "i-1")
                .put("reason", reason);
        source(result).put("vantage", NodeReports.VANTAGE.name()).put("zone", NodeReports.VANTAGE.zone())
                .put("agent", "agent-of-" + of.node().cluster()).put("counter", counter);
        return result;
    }

    private static ObjectNode source(ObjectNode result) {
        return (ObjectNode) result.path("source");
    }

    private static List<NodeTransition> of(NodeReports node) {
        return transitions.seen().stream().map(seen -> (NodeTransition) seen.event())
                .filter(transition -> transition.node().equals(node.node())).toList();
    }

    private static void awaitStates(NodeReports node, NodeState... states) {
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(of(node)).extracting(NodeTransition::to).containsExactly(states));
    }

    private static void upDownUp(NodeReports node, String... options) throws Exception {
        node.expect();
        long counter = 0;
        for (String reason : List.of("NONE", "CONNECT_REFUSED", "NONE")) {
            kcat.publish(RESULTS, result(node, ++counter, reason), options);
        }
        awaitStates(node, NodeState.UP, NodeState.DOWN, NodeState.UP);
    }

    @Test
    void theExamplesResultsAreJudged() throws Exception {
        upDownUp(bench.reports("murmur2"), "-X", MURMUR2);
        assertThat(bench.metrics()).doesNotContain("publisher=\"agent-of-murmur2\"");
        assertThat(of(bench.reports("murmur2")).get(1).reason())
                .contains("CONNECT_REFUSED: nobody listens on port 9200");
    }

    @Test
    void librdkafkasOwnPartitionerGetsTheSameVerdictsAndItsNameInAMetric() throws Exception {
        upDownUp(bench.reports(ASTRAY));
        assertThat(bench.metrics().lines()).contains(
                "evenkeel_topology_rerouted_results_total{publisher=\"agent-of-" + ASTRAY + "\"} 3.0");
        assertThat(kcat.read(TOPICS.deadLetters().name(), "%k")).doesNotContain(ASTRAY);
    }

    @Test
    void badEventsAreDeadLettersWithTheirReasonsAndTheNextResultIsJudged() throws Exception {
        var node = bench.reports("poisoned");
        node.expect();
        kcat.produce(RESULTS, "garbage", "no avro at all".getBytes(UTF_8));
        kcat.produce(RESULTS, "unknown-id", new byte[]{0, 0, 9, 9, 9, 1, 2});
        var misnamed = result(node, 1, "NONE").put("cluster", "my cluster!");
        kcat.publish(RESULTS, misnamed, "-X", MURMUR2);
        kcat.publish(RESULTS, result(node, 1, "NONE"), "-X", MURMUR2);
        awaitStates(node, NodeState.UP);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(kcat.read(TOPICS.deadLetters().name(), "%k: %h"))
                .anySatisfy(line -> assertThat(line).startsWith("garbage: ").contains(reason("BAD_MAGIC_BYTE"))
                        .contains("evenkeel.dead-letter.topic=" + RESULTS))
                .anySatisfy(line -> assertThat(line).startsWith("unknown-id: ").contains(reason("UNKNOWN_SCHEMA_ID")))
                .anySatisfy(line -> assertThat(line).startsWith("my cluster!: ").contains(reason("REJECTED"))
                        .contains("must be 1 to 128 of letters")));
        assertThat(bench.metrics().lines()).contains("evenkeel_topology_dead_letters_total{reason=\"BAD_MAGIC_BYTE\""
                + ",topic=\"" + RESULTS + "\"} 1.0");
    }

    private static String reason(String name) {
        return "evenkeel.dead-letter.reason=" + name;
    }

    @Test
    void strangersUnknownNodesOtherIncarnationsAndRepeatsChangeNothing() throws Exception {
        var node = bench.reports("silent");
        node.expect();
        kcat.publish(RESULTS, result(node, 1, "NONE"), "-X", MURMUR2);
        awaitStates(node, NodeState.UP);
        var stranger = result(node, 1, "CONNECT_REFUSED");
        source(stranger).put("vantage", "somewhere-else").put("bootId", "boot-of-a-stranger");
        for (int counter = 1; counter <= 5; counter++) {
            source(stranger).put("counter", counter);
            kcat.publish(RESULTS, stranger, "-X", MURMUR2);
        }
        kcat.publish(RESULTS, result(node, 2, "CONNECT_REFUSED").put("node", "n2"), "-X", MURMUR2);
        kcat.publish(RESULTS, result(node, 3, "CONNECT_REFUSED").put("incarnation", "i-2"), "-X", MURMUR2);
        kcat.publish(RESULTS, result(node, 1, "CONNECT_REFUSED"), "-X", MURMUR2);
        // The same partition, so all of the above is judged before this one.
        kcat.publish(RESULTS, result(node, 4, "READ_TIMEOUT"), "-X", MURMUR2);
        awaitStates(node, NodeState.UP, NodeState.DOWN);
        var down = of(node).getLast();
        assertThat(down.reason()).contains("READ_TIMEOUT");
        assertThat(down.votes()).extracting(Vote::vantage).containsExactly(NodeReports.VANTAGE.name());
        assertThat(down.evidence()).extracting(Evidence::source).extracting("counter").containsExactly(4L);
        assertThat(transitions.seen()).extracting(seen -> ((NodeTransition) seen.event()).node().name())
                .containsOnly("n1");
    }
}
