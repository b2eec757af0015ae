package io.evenkeel.cli.pipeline;

import static io.evenkeel.cli.pipeline.PipelineBench.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.lab.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what an agent reports to what a person is told over a webhook: {@code evenkeel run} as a process, a real broker. */
final class AlertsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Hook hook;
    private static PipelineBench bench;
    private static ChildProcess run;
    private static String config;

    @BeforeAll
    static void start() throws Exception {
        hook = new Hook();
        bench = new PipelineBench(folder.resolve("bench"), List.of("loud", "quiet", "killed")).startBroker();
        run = run("run");
        config = folder.resolve("bench").resolve("run.yaml").toString();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("pipeline runs"));
    }

    @AfterAll
    static void stop() {
        bench.close();
        hook.close();
    }

    private static ChildProcess run(String name) throws IOException {
        return bench.runWith(name, hook.configuration(folder, "1s"));
    }

    private static void report(NodeReports agent, boolean healthy) throws Exception {
        agent.report(healthy).toCompletableFuture().get();
    }

    private static void down(NodeReports agent) throws Exception {
        agent.expect();
        report(agent, true);
        report(agent, false);
    }

    @Test
    void aPersonIsToldAcknowledgesAndIsToldThatItIsOver() throws Exception {
        var agent = bench.reports("loud");
        down(agent);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(hook.taken("loud")).startsWith("FIRING 1"));
        assertThat(hook.newest("loud").path("links").path(0).path("url").asText())
                .isEqualTo("https://runbooks.example.org/NodeDown?of=loud");
        String incident = hook.newest("loud").path("incident").asText();
        assertThat(call(0, "acknowledge", incident, "--by", "ann", "--reason", "I look", "--config", config))
                .contains("acknowledged: ");
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(hook.newest("loud").path("kind").asText()).isEqualTo("ACKNOWLEDGED"));
        assertThat(hook.newest("loud").path("acknowledgedBy").asText()).isEqualTo("ann");
        assertThat(call(0, "alerts", "list", "--config", config)).contains("loud/n1 is DOWN");
        report(agent, true);
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(hook.newest("loud").path("kind").asText()).isEqualTo("RESOLVED"));
        assertThat(call(0, "alerts", "list", "--config", config)).doesNotContain("loud/n1");
        assertThat(call(2, "acknowledge", "no-such@1", "--reason", "r", "--config", config))
                .contains("nobody was told of an incident 'no-such@1'");
    }

    @Test
    void aSilenceKeepsItBackUntilItEnds() throws Exception {
        var agent = bench.reports("quiet");
        call(0, "silence", "cluster=quiet", "--by", "ann", "--reason", "known disk", "--for", "1h",
                "--config", config);
        assertThat(call(0, "intents", "--config", config)).containsPattern(
                "KIND +SUBJECT +ENDS +SET +BY +REASON\\Rsilence +cluster=quiet +in \\d+ min +\\d\\.\\d s ago +ann +known disk");
        down(agent);
        // Longer than the group's wait and two ticks.
        await().during(Duration.ofSeconds(4)).atMost(LIMIT).untilAsserted(
                () -> assertThat(hook.taken("quiet")).noneMatch(told -> told.startsWith("FIRING")));
        assertThat(call(0, "alerts", "list", "--config", config)).containsPattern(
                "SEVERITY +SINCE +TITLE +KEY +KEPT BACK")
                .containsPattern("warn .*quiet/n1 is DOWN +quiet/n1@\\d+ +silenced by ann: known disk");
        call(0, "silence", "cluster=quiet", "--reason", "mended", "--end", "--config", config);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(hook.taken("quiet")).startsWith("FIRING 1"));
        assertThat(call(0, "intents", "--config", config)).contains("nothing is ordered");
        assertThat(call(2, "silence", "quite", "--reason", "r", "--config", config)).contains("'quite' is no cluster");
        assertThat(call(2, "silence", "color=red", "--reason", "r", "--config", config))
                .contains("no alert has a label");
    }

    @Test
    void whatTheReceiverCouldNotTakeIsSentByWhoTakesOverAfterAKillOnce() throws Exception {
        var agent = bench.reports("killed");
        hook.setBusy(true);
        try {
            down(agent);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(hook.refused()).anyMatch(id -> id.contains("killed")));
            run.kill9();
            run = run("next");
        } finally {
            hook.setBusy(false);
        }
        await().atMost(LIMIT.multipliedBy(2))
                .untilAsserted(() -> assertThat(hook.taken("killed")).isNotEmpty());
        report(agent, true);
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(hook.newest("killed").path("kind").asText()).isEqualTo("RESOLVED"));
        assertThat(hook.taken("killed")).doesNotHaveDuplicates().last().asString().startsWith("RESOLVED");
    }
}
