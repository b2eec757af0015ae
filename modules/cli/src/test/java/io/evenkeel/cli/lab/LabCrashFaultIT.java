package io.evenkeel.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lab that is killed takes its children along. */
final class LabCrashFaultIT {

    private static final Duration UP = Duration.ofMinutes(5);
    private static final Duration GONE = Duration.ofSeconds(15);
    /** Broker, pipeline, three agents, six Elasticsearch nodes, and the lab itself. */
    private static final int PROCESSES = 12;

    @Test
    void nothingIsLeftFifteenSecondsAfterKill9() throws Exception {
        try (var lab = LaunchedLab.start()) {
            await().atMost(UP).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(lab.isAlive()).as(lab.err()).isTrue();
                assertThat(lab.out()).contains("live log; Ctrl-C ends the lab");
            });
            assertThat(lab.processes()).hasSizeGreaterThanOrEqualTo(PROCESSES)
                    .anyMatch(line -> line.contains("org.elasticsearch"));
            assertThat(lab.folders()).hasSize(1);

            lab.kill9();

            long killed = System.nanoTime();
            await().atMost(GONE).untilAsserted(() -> assertThat(lab.processes()).isEmpty());
            await().atMost(GONE).untilAsserted(() -> assertThat(lab.folders()).isEmpty());
            System.out.printf("all of the lab was gone %d ms after kill -9%n",
                    Duration.ofNanos(System.nanoTime() - killed).toMillis());
        }
    }
}
