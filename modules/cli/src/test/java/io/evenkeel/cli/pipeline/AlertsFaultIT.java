package io.evenkeel.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.lab.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two pipelines is killed again and again while nodes fail and come back: no alert is lost on its way to people. */
final class AlertsFaultIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int KILLS = 6;
    private static final List<String> CLUSTERS = IntStream.range(0, 5).mapToObj(i -> "c" + i).toList();

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private int started;

    @Test
    void eachIncidentIsToldFromFirstToLastAndAtMostOnceMoreForEachKill() throws Exception {
        try (var hook = new Hook();
                var bench = new PipelineBench(folder.resolve("bench"), CLUSTERS).startBroker()) {
            var older = run(bench, hook);
            var younger = run(bench, hook);
            var agents = CLUSTERS.stream().map(bench::reports).toList();
            for (var agent : agents) {
                agent.expect();
            }
            report(agents, true);
            for (int kill = 0; kill < KILLS; kill++) {
                boolean failing = kill % 2 == 0;
                report(agents, !failing);
                // Anywhere between the report and the message.
                Thread.sleep(random.nextInt(1_500));
                older.kill9();
                older = younger;
                younger = run(bench, hook);
                CLUSTERS.forEach(cluster -> await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        last(hook, cluster)).isEqualTo(failing ? "FIRING" : "RESOLVED")));
            }
            assertThat(hook.taken()).as("repeats").hasSizeLessThanOrEqualTo(
                    KILLS + (int) hook.taken().stream().map(each -> each.path("id").asText()).distinct().count());
            assertOrdered(hook.taken());
        }
    }

    private ChildProcess run(PipelineBench bench, Hook hook) throws IOException {
        var run = bench.runWith("run-" + started++, hook.configuration(folder, "0s") + "  inhibit: []\n");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("pipeline runs"));
        return run;
    }

    private static void report(List<NodeReports> agents, boolean healthy) throws Exception {
        for (var agent : agents) {
            agent.report(healthy).toCompletableFuture().get();
        }
    }

    /** FIRING for all that says that something fires. */
    private static String last(Hook hook, String cluster) {
        var told = hook.taken(cluster);
        if (told.isEmpty()) {
            return "nothing";
        }
        return told.getLast().startsWith("RESOLVED") ? "RESOLVED" : "FIRING";
    }

    /** Of each incident: sequences never go back but for a repeat, and after RESOLVED comes nothing new. */
    private static void assertOrdered(List<JsonNode> taken) {
        var last = new HashMap<String, JsonNode>();
        for (var next : taken) {
            var before = last.put(next.path("incident").asText(), next);
            if (before != null) {
                assertThat(next.path("sequence").asInt()).as(next.path("id").asText())
                        .isGreaterThanOrEqualTo(before.path("sequence").asInt());
                assertThat(before.path("kind").asText().equals("RESOLVED") && !before.equals(next))
                        .as("after RESOLVED of " + next.path("incident")).isFalse();
            }
        }
        assertThat(last.values()).extracting(each -> each.path("kind").asText()).containsOnly("RESOLVED");
    }
}
