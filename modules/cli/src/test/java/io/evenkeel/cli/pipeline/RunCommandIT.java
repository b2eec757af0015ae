package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code evenkeel run} starts, waits and ends. */
final class RunCommandIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** From the end of a process to the news of it. */
    private static final Duration A_MOMENT = Duration.ofSeconds(5);
    /** 128 + SIGTERM: a process that was asked to end says so. */
    private static final int ENDED_BY_TERM = 143;

    @TempDir
    Path folder;

    @Test
    void waitsForKafkaWithALineForPeopleThenRunsAndEndsAtTermWithinTenSeconds() throws Exception {
        try (var bench = new PipelineBench(folder.resolve("bench"), List.of("only"))) {
            var run = bench.run("run");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("waiting for Kafka"));
            assertThat(run.isAlive()).isTrue();
            assertNoStackTrace(run);
            bench.startBroker();
            await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("pipeline runs"));
            assertNoStackTrace(run);

            Signals.term(run.pid());

            assertThat(run.await(Duration.ofSeconds(10))).as("ended within 10 s").isTrue();
            assertThat(run.onExit()).succeedsWithin(A_MOMENT).isEqualTo(ENDED_BY_TERM);
            assertThat(run.log()).content().contains("pipeline stops");
            assertThat(processesNaming("run.yaml")).isEmpty();
        }
    }

    @Test
    void aTermWhileItWaitsForKafkaEndsItToo() throws Exception {
        try (var bench = new PipelineBench(folder.resolve("bench"), List.of("only"))) {
            var run = bench.run("run");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("waiting for Kafka"));
            Signals.term(run.pid());
            assertThat(run.await(Duration.ofSeconds(10))).as("ended within 10 s").isTrue();
            assertThat(run.onExit()).succeedsWithin(A_MOMENT).isEqualTo(ENDED_BY_TERM);
        }
    }

    @Test
    void aWrongConfigurationEndsItWithTheFilesLineAndColumn() throws Exception {
        try (var bench = new PipelineBench(folder.resolve("bench"), List.of("only"))) {
            var file = Files.writeString(folder.resolve("wrong.yaml"), """
                    kafka:
                      bootstrapServers: "127.0.0.1:1"
                      replicationFactor: many
                    schemaRegistry: {url: "http://127.0.0.1:1"}
                    """, UTF_8);
            var run = bench.evenkeel("run", List.of("run", "--config", file.toString()));
            assertThat(run.await(LIMIT)).isTrue();
            assertThat(run.onExit()).succeedsWithin(A_MOMENT).isEqualTo(2);
            assertThat(run.log()).content().contains(file + ":3:").contains("kafka.replicationFactor");
            assertNoStackTrace(run);
        }
    }

    private static void assertNoStackTrace(ChildProcess run) {
        assertThat(run.log()).content().doesNotContain("\tat ").doesNotContain("Exception in thread");
    }

    private List<String> processesNaming(String file) {
        return ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(folder.resolve("bench").resolve(file).toString())).toList();
    }
}
