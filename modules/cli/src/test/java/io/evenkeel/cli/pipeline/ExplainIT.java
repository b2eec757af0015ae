package io.evenkeel.cli.pipeline;

import static io.evenkeel.cli.pipeline.PipelineBench.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code why}, {@code replay} and {@code publish-policy} on what a running pipeline has judged. */
final class ExplainIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Topics TOPICS = new Topics();
    private static final String TWICE = "failureThreshold: 2";

    @TempDir
    static Path folder;

    private static PipelineBench bench;
    private static Path config;
    private static Path patient;
    private static ChildProcess run;

    @BeforeAll
    static void aNodeThatFailedOnceAndThenTwice() throws Exception {
        bench = new PipelineBench(folder.resolve("bench"), List.of("shop")).startBroker();
        run = bench.run("run");
        config = folder.resolve("bench").resolve("run.yaml");
        patient = Files.writeString(folder.resolve("patient.yaml"),
                Files.readString(config, UTF_8).replace("failureThreshold: 1", TWICE), UTF_8);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("pipeline runs"));
        var agent = bench.reports("shop");
        agent.expect();
        try (var transitions = new TopicReader<>(bench.kafka(), TOPICS.nodeTransitions(),
                bench.serdes().deserializer())) {
            for (boolean healthy : List.of(true, false, true, false, false)) {
                agent.report(healthy).toCompletableFuture().get(30, TimeUnit.SECONDS);
            }
            await().atMost(LIMIT).untilAsserted(() -> assertThat(transitions.seen())
                    .extracting(seen -> ((NodeTransition) seen.event()).to().name())
                    .containsExactly("UP", "DOWN", "UP", "DOWN"));
        }
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void whyShowsEvidenceVotesThresholdsPolicyAndNextCheckOfANode() throws Exception {
        assertThat(call(0, "why", "shop/n1", "--config", config.toString()))
                .containsSubsequence("shop/n1 is DOWN since ", "1 of 1 vantages DOWN: CONNECT_REFUSED: nobody listens",
                        "seen         CONNECT_REFUSED; may follow: REPLACE", "quorum       1 of 1 vantages", "policy",
                        "next check", "VANTAGE", "RESULTS, NEWEST FIRST", "vantage-a", "DOWN", "1 in a row",
                        "CONNECT_REFUSED x2, OK, CONNECT_REFUSED, OK", "EVIDENCE", "CONNECT_REFUSED: nobody listens")
                .doesNotContain("it remembers more");
    }

    @Test
    void whyShowsACluster() throws Exception {
        assertThat(call(0, "why", "shop", "--config", config.toString())).containsSubsequence("shop ", "masters",
                "0 of 0 voters up", "VANTAGE", "NODE", "n1", "data", "DOWN");
    }

    @Test
    void whyAsJsonIsOneObject() throws Exception {
        var report = new ObjectMapper()
                .readTree(call(0, "why", "shop/n1", "--output", "json", "--config", config.toString()));
        assertThat(report.at("/state/state").asText()).isEqualTo("DOWN");
        assertThat(report.at("/explanation/views/0/vote/stand").asText()).isEqualTo("DOWN");
        assertThat(report.at("/explanation/revision").asText()).hasSize(12);
    }

    @Test
    void whyOfWhatNobodyKnowsSaysWhatIsKnown() throws Exception {
        assertThat(call(2, "why", "shop/n2", "--config", config.toString())).contains("no node 'n2'",
                "expected: n1");
        assertThat(call(2, "why", "shoe", "--config", config.toString())).contains("clusters in", "shop");
    }

    @Test
    void replayShowsTheTransitionsThatAnotherPolicyWouldNotHaveMade() throws Exception {
        String differences = call(0, "replay", "--from", "10m", "--policy", patient.toString(), "--config",
                config.toString());
        assertThat(differences.lines().filter(line -> line.startsWith("- ")).map(ExplainIT::move))
                .as("the single failure, and the first of two").contains("UP -> DOWN", "DOWN -> UP");
        assertThat(differences.lines().filter(line -> line.startsWith("+ ")).map(ExplainIT::move))
                .contains("UP -> SUSPECT", "SUSPECT -> UP", "SUSPECT -> DOWN");
        assertThat(call(0, "replay", "--from", "10m", "--policy", config.toString(), "--config",
                config.toString())).contains("no transition differs");
    }

    private static String move(String line) {
        var words = Pattern.compile(" +").splitAsStream(line).toList();
        return words.get(3) + " -> " + words.get(5);
    }

    @Test
    void aPublishedPolicyHoldsForTheRunningPipeline() throws Exception {
        assertThat(call(0, "publish-policy", "--config", patient.toString())).contains("is in force", "dry-run");
        try {
            await().atMost(LIMIT).untilAsserted(
                    () -> assertThat(call(0, "why", "shop/n1", "--config", config.toString()))
                            .contains("2 in a row"));
        } finally {
            call(0, "publish-policy", "--config", config.toString());
        }
    }
}
