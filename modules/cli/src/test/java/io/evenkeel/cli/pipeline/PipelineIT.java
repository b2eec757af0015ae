package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.cli.pipeline.TopicReader.Seen;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.lab.process.ChildProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenkeel run} as a process, on a real broker and registry; the test writes what agents would. */
final class PipelineIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Topics TOPICS = new Topics();
    private static final String SUBJECT = "evenkeel.probe-results.v1-io.evenkeel.events.avro.ProbeResult";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static PipelineBench bench;
    private static ChildProcess run;
    private static KafkaProducer<byte[], byte[]> raw;
    private static TopicReader<Object> transitions;
    private static TopicReader<byte[]> deadLetters;

    @BeforeAll
    static void start() throws Exception {
        bench = new PipelineBench(folder.resolve("bench"),
                List.of("flips", "poisoned", "before", "waiting", "after"))
                .startBroker();
        run = bench.run("run");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("pipeline runs"));
        raw = new KafkaProducer<>(bench.kafka().producer("raw"), new ByteArraySerializer(), new ByteArraySerializer());
        transitions = new TopicReader<>(bench.kafka(), TOPICS.nodeTransitions(), bench.serdes().deserializer());
        deadLetters = new TopicReader<>(bench.kafka(), TOPICS.deadLetters(), new ByteArrayDeserializer());
    }

    @AfterAll
    static void stop() {
        transitions.close();
        deadLetters.close();
        raw.close();
        bench.close();
    }

    @Test
    void resultsBecomeTransitionsInAnUnbrokenChain() throws Exception {
        var agent = bench.reports("flips");
        agent.expect();
        for (boolean healthy : List.of(true, false, true)) {
            sent(agent.report(healthy));
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(states(agent)).containsExactly(NodeState.UP,
                NodeState.DOWN, NodeState.UP));
        var told = of(agent);
        assertThat(told.getFirst().previousVersion()).isZero();
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i).previousVersion()).isEqualTo(told.get(i - 1).version());
            assertThat(told.get(i).version()).isGreaterThan(told.get(i - 1).version());
        }
        assertThat(told.get(1).reason()).contains("CONNECT_REFUSED: nobody listens");
    }

    @Test
    void poisonBecomesDeadLettersWithItsOriginAndTheNextResultIsJudged() throws Exception {
        var agent = bench.reports("poisoned");
        agent.expect();
        byte[] noise = {42, 1, 2, 3};
        byte[] unknownSchema = {0, 0, 9, 9, 9, 1, 2};
        var first = sendRaw("poisoned", noise);
        var second = sendRaw("poisoned", unknownSchema);
        sent(agent.report(true));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(states(agent)).containsExactly(NodeState.UP));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(lettersOf("poisoned")).hasSize(2));
        var letters = lettersOf("poisoned");
        assertThat(letters).extracting(Seen::event).containsExactly(noise, unknownSchema);
        assertThat(letters).extracting(letter -> header(letter, DeadLetters.TOPIC))
                .containsOnly(TOPICS.probeResults().name());
        assertThat(letters).extracting(letter -> header(letter, DeadLetters.PARTITION))
                .containsExactly(Integer.toString(first.partition()), Integer.toString(second.partition()));
        assertThat(letters).extracting(letter -> header(letter, DeadLetters.OFFSET))
                .containsExactly(Long.toString(first.offset()), Long.toString(second.offset()));
        assertThat(letters).extracting(letter -> header(letter, DeadLetters.REASON))
                .containsExactly("BAD_MAGIC_BYTE", "UNKNOWN_SCHEMA_ID");
    }

    /** All clusters of this process wait with it: one Streams thread reads all partitions. */
    @Test
    void aNewerAgentsResultWaitsForTheRegistryAndNothingIsLostOrDoubled() throws Exception {
        var before = bench.reports("before");
        var waiting = bench.reports("waiting");
        var after = bench.reports("after");
        for (var agent : List.of(before, waiting, after)) {
            agent.expect();
        }
        sent(before.report(true));
        sent(after.report(true));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(states(after)).containsExactly(NodeState.UP));
        byte[] newer = inNewerSchema(waiting, registerNewerSchema());
        bench.registry().stop();
        try {
            // At once, so that the first one's transaction may still be open while the second one waits.
            var first = before.report(false);
            sendRaw("waiting", newer);
            sent(first);
            await().atMost(LIMIT).untilAsserted(
                    () -> assertThat(run.log()).content().contains("schema registry does not answer"));
            sent(after.report(false));
            // Longer than the 4 s after which the broker aborts a transaction that was left open.
            await().during(Duration.ofSeconds(7)).atMost(LIMIT).untilAsserted(() -> {
                assertThat(states(waiting)).isEmpty();
                assertThat(states(after)).containsExactly(NodeState.UP);
                assertThat(lettersOf("waiting")).isEmpty();
                assertThat(run.isAlive()).isTrue();
            });
        } finally {
            bench.registry().start();
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(states(waiting)).containsExactly(NodeState.UP));
        for (var agent : List.of(before, after)) {
            await().atMost(LIMIT).untilAsserted(
                    () -> assertThat(states(agent)).containsExactly(NodeState.UP, NodeState.DOWN));
        }
        assertThat(lettersOf("waiting")).isEmpty();
    }

    /** ProbeResult with one more field, as a later version would have it. */
    private static int registerNewerSchema() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var url = bench.registry().url();
            var latest = HttpRequest.newBuilder(url.resolve("/subjects/" + SUBJECT + "/versions/latest")).build();
            var schema = (ObjectNode) JSON.readTree(
                    JSON.readTree(http.send(latest, BodyHandlers.ofString()).body()).path("schema").asText());
            ((ArrayNode) schema.path("fields")).addObject().put("name", "hops").put("type", "int").put("default", 0);
            var register = HttpRequest.newBuilder(url.resolve("/subjects/" + SUBJECT + "/versions"))
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("schema", schema.toString()))))
                    .build();
            var answer = http.send(register, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body()).path("id").asInt();
        }
    }

    /** The new field comes last: one more byte, a zero. */
    private static byte[] inNewerSchema(NodeReports agent, int id) {
        byte[] ours = bench.serdes().serializer().serialize(TOPICS.probeResults().name(), agent.result(true));
        byte[] newer = Arrays.copyOf(ours, ours.length + 1);
        ByteBuffer.wrap(newer).putInt(1, id);
        return newer;
    }

    private static RecordMetadata sendRaw(String cluster, byte[] value) throws Exception {
        return raw.send(new ProducerRecord<>(TOPICS.probeResults().name(), Partitioning.of(cluster, Topics.SPREAD),
                cluster.getBytes(UTF_8), value)).get(30, TimeUnit.SECONDS);
    }

    private static void sent(CompletionStage<RecordMetadata> sending) throws Exception {
        sending.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static List<NodeTransition> of(NodeReports agent) {
        return transitions.seen().stream().map(seen -> (NodeTransition) seen.event())
                .filter(transition -> transition.node().equals(agent.node())).toList();
    }

    private static List<NodeState> states(NodeReports agent) {
        return of(agent).stream().map(NodeTransition::to).toList();
    }

    private static List<Seen<byte[]>> lettersOf(String cluster) {
        return deadLetters.seen().stream().filter(letter -> new String(letter.bytes().key(), UTF_8).equals(cluster))
                .toList();
    }

    private static String header(Seen<byte[]> letter, String name) {
        return new String(letter.bytes().headers().lastHeader(name).value(), UTF_8);
    }
}
