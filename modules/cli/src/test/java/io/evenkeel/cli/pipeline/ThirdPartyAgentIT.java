package io.evenkeel.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.cli.examples.ProbePublisher;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Topics;
import io.evenkeel.events.registry.ConfluentAvroSerializer;
import io.evenkeel.lab.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java example of docs/publish-probes.md against {@code evenkeel run}, and what its metrics say. */
final class ThirdPartyAgentIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Topics TOPICS = new Topics();
    /** The example is an agent of this vantage. */
    private static final Vantage VANTAGE = new Vantage("us-east-1a", "us-east-1a");

    @TempDir
    static Path folder;

    private static PipelineBench bench;
    private static ChildProcess first;
    private static TopicReader<Object> transitions;

    @BeforeAll
    static void start() throws Exception {
        bench = new PipelineBench(folder.resolve("bench"), List.of("theirs", "astray")).startBroker();
        first = bench.run("first");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(first.log()).content().contains("pipeline runs"));
        transitions = new TopicReader<>(bench.kafka(), TOPICS.nodeTransitions(), bench.serdes().deserializer());
    }

    @AfterAll
    static void stop() {
        transitions.close();
        bench.close();
    }

    private static Map<String, Object> settings() {
        var settings = new HashMap<String, Object>(bench.kafka().producer("example"));
        settings.put("key.serializer", StringSerializer.class.getName());
        settings.put("value.serializer", ConfluentAvroSerializer.class.getName());
        settings.put("schema.registry.url", bench.registry().url().toString());
        settings.put("auto.register.schemas", "false");
        settings.put("value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
        return settings;
    }

    private static void upDownUp(NodeReports node, Map<String, Object> settings) throws Exception {
        node.expect(VANTAGE);
        try (var agent = new ProbePublisher(TOPICS.probeResults().name(), Path.of("../../schemas").toFile(),
                settings)) {
            for (String reason : List.of("NONE", "READ_TIMEOUT", "NONE")) {
                agent.publish(node.node().cluster().value(), node.node().name(), "i-1", reason, 3_000);
            }
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(states(node)).containsExactly(NodeState.UP,
                NodeState.DOWN, NodeState.UP));
    }

    private static List<NodeState> states(NodeReports node) {
        return transitions.seen().stream().map(seen -> (NodeTransition) seen.event())
                .filter(transition -> transition.node().equals(node.node())).map(NodeTransition::to).toList();
    }

    @Test
    void theExamplesResultsAreJudged() throws Exception {
        double before = rerouted();
        upDownUp(bench.reports("theirs"), settings());
        assertThat(rerouted()).isEqualTo(before);
    }

    /** A partitioner that is wrong for every cluster. */
    public static final class NextPartition implements Partitioner {
        @Override
        public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes,
                Cluster cluster) {
            return (Partitioning.of(key.toString(), Topics.SPREAD) + 1) % Topics.SPREAD;
        }

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void close() {}
    }

    @Test
    void anotherPartitionerGetsTheSameVerdictsAndItsNameInAMetric() throws Exception {
        var settings = settings();
        settings.put("partitioner.class", NextPartition.class.getName());
        double before = rerouted();
        upDownUp(bench.reports("astray"), settings);
        assertThat(rerouted()).isEqualTo(before + 3);
    }

    private static double rerouted() throws Exception {
        String start = "evenkeel_topology_rerouted_results_total{publisher=\"my-agent\"} ";
        return bench.metrics().lines().filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(start.length()))).findFirst().orElse(0);
    }

    @Test
    void theMetricsSayHowFarBehindItIsAndWhatKafkaDoes() throws Exception {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(bench.metrics().lines().toList())
                .anySatisfy(line -> assertThat(line).matches("evenkeel_health_lag_seconds [0-9.]+"))
                .anySatisfy(line -> assertThat(line).startsWith("kafka_consumer_fetch_manager_records_lag_max{")));
    }

    @Test
    void aSecondProcessWithTheSamePortRunsOnWithoutMetrics() throws Exception {
        var second = bench.run("second");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(second.log()).content()
                .contains("metrics are not served").contains("metrics.port").contains("pipeline runs"));
        assertThat(second.isAlive()).isTrue();
        assertThat(first.log()).content().contains("metrics are served");
        second.stop(Duration.ofSeconds(15));
    }
}
