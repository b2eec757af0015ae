package io.evenkeel.cli.pipeline;

import static io.evenkeel.cli.pipeline.PipelineBench.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.lab.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenkeel run} and {@code evenkeel serve} as processes, a real broker, and a person who has HTTP alone. */
final class ApiIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TOKEN = "the-token-of-ann-in-this-test";
    private static final String SILENCES = "/api/v1/silences";
    private static final String ACKNOWLEDGE = "/api/v1/incidents/acknowledge";
    private static final String ALERTS = "/api/v1/alerts?match=cluster%3D";

    @TempDir
    static Path folder;

    private static Hook hook;
    private static PipelineBench bench;
    private static ChildProcess run;
    private static ChildProcess serve;
    private static ApiClient api;
    private static String keys;
    private static String config;

    @BeforeAll
    static void start() throws Exception {
        hook = new Hook();
        bench = new PipelineBench(folder.resolve("bench"), List.of("loud", "quiet", "orphan")).startBroker();
        var token = Files.writeString(folder.resolve("ann.token"), TOKEN + "\n", UTF_8);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        keys = hook.configuration(folder, "1s")
                + "api: {port: 0, tokens: [{name: ann, token: {file: %s}}]}\n".formatted(token);
        run = bench.runWith("run", keys);
        config = folder.resolve("bench").resolve("run.yaml").toString();
        serve = bench.evenkeel("serve", List.of("serve", "--config", config));
        api = ApiClient.of(serve, TOKEN);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("pipeline runs"));
        // Its topics may have come after it.
        await().atMost(LIMIT.multipliedBy(2)).untilAsserted(() -> api.get(200, SILENCES));
    }

    @AfterAll
    static void stop() {
        api.close();
        bench.close();
        hook.close();
    }

    private static void report(NodeReports agent, boolean healthy) throws Exception {
        agent.report(healthy).toCompletableFuture().get();
    }

    private static void down(NodeReports agent) throws Exception {
        agent.expect();
        report(agent, true);
        report(agent, false);
    }

    private static JsonNode firing(String cluster) throws Exception {
        return api.get(200, ALERTS + cluster);
    }

    @Test
    void whatFiresIsListedAcknowledgedAndTheTokensNameIsTold() throws Exception {
        var agent = bench.reports("loud");
        down(agent);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(hook.taken("loud")).startsWith("FIRING 1"));
        var listed = firing("loud");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("keptBack").asText()).isEmpty();
        assertThat(new ObjectMapper().readTree(call(0, "alerts", "list", "--output", "json", "--config", config)))
                .as("the same as on the command line").contains(listed.get(0));
        String incident = listed.get(0).path("alert").path("key").asText();
        var acknowledged = api.post(200, ACKNOWLEDGE,
                "{\"incident\": \"%s\", \"reason\": \"I look\"}".formatted(incident));
        assertThat(acknowledged.path("title").asText()).contains("loud/n1 is DOWN");
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(hook.newest("loud").path("kind").asText()).isEqualTo("ACKNOWLEDGED"));
        assertThat(hook.newest("loud").path("acknowledgedBy").asText()).isEqualTo("ann");
        report(agent, true);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(firing("loud")).isEmpty());
        assertThat(api.post(200, ACKNOWLEDGE,
                "{\"incident\": \"%s\", \"reason\": \"looked\"}".formatted(incident)).path("title").asText())
                .as("what is over is still known").contains("loud/n1");
        assertThat(api.post(404, ACKNOWLEDGE,
                "{\"incident\": \"no-such@1\", \"reason\": \"r\"}").path("error").asText())
                .contains("nobody was told of an incident 'no-such@1'");
        assertThat(serve.log()).content().contains("incident acknowledged by=\"ann\" remote=\"127.0.0.1\"")
                .doesNotContain(TOKEN);
    }

    @Test
    void aSilenceKeepsItBackUntilItIsEndedHere() throws Exception {
        api.post(201, SILENCES, "{\"subject\": \"cluster=quiet\", \"reason\": \"known disk\", \"for\": \"1h\"}");
        assertThat(api.get(200, SILENCES).findValuesAsText("subject")).contains("cluster=quiet");
        assertThat(call(0, "intents", "--config", config)).containsPattern("silence +cluster=quiet .* ann +known disk");
        down(bench.reports("quiet"));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(firing("quiet").findValuesAsText("keptBack"))
                .containsExactly("silenced by ann: known disk"));
        // Longer than the group's wait and two ticks.
        await().during(Duration.ofSeconds(4)).atMost(LIMIT).untilAsserted(
                () -> assertThat(hook.taken("quiet")).noneMatch(told -> told.startsWith("FIRING")));
        assertThat(api.delete(200, SILENCES + "?subject=cluster%3Dquiet").path("by").asText()).isEqualTo("ann");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(hook.taken("quiet")).startsWith("FIRING 1"));
        assertThat(firing("quiet").findValuesAsText("keptBack")).containsExactly("");
        api.delete(404, SILENCES + "?subject=cluster%3Dquiet");
        assertThat(api.post(400, SILENCES, "{\"subject\": \"quite\", \"reason\": \"r\"}").path("error").asText())
                .contains("'quite' is no cluster here");
    }

    @Test
    void whatIsSaidWhileThePipelineIsDownCountsOnceItIsBack() throws Exception {
        down(bench.reports("orphan"));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(hook.taken("orphan")).startsWith("FIRING 1"));
        run.kill9();
        String incident = firing("orphan").get(0).path("alert").path("key").asText();
        api.post(200, ACKNOWLEDGE, "{\"incident\": \"%s\", \"reason\": \"I look\"}".formatted(incident));
        run = bench.runWith("next", keys);
        await().atMost(LIMIT.multipliedBy(2)).untilAsserted(
                () -> assertThat(hook.newest("orphan").path("kind").asText()).isEqualTo("ACKNOWLEDGED"));
    }
}
