package io.evenkeel.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios by the launcher, from a kill to its end, and that nothing of the lab is left. */
final class ScenarioFaultIT {

    private static final Duration LIMIT = Duration.ofMinutes(8);

    @ParameterizedTest
    @ValueSource(strings = {"kill-data-node", "kill-primary", "red-index"})
    void aScenarioPassesAndLeavesNothingBehind(String scenario) throws Exception {
        try (var lab = LaunchedLab.start("--scenario", scenario, "--output", "json")) {
            int code = lab.await(LIMIT);
            assertThat(code).as(lab.err()).isZero();
            var report = new ObjectMapper().readTree(lab.out());
            System.out.println(scenario + ":");
            var stages = new ArrayList<Long>();
            for (var stage : report.path("stages")) {
                stages.add(stage.path("afterMillis").asLong());
                System.out.printf("%9.3f s  %-34s  %s%n", stage.path("afterMillis").asLong() / 1000.0,
                        stage.path("stage").asText(), stage.path("detail").asText());
            }
            assertThat(report.path("scenario").asText()).isEqualTo(scenario);
            assertThat(report.path("passed").asBoolean()).isTrue();
            assertThat(stages).hasSizeGreaterThan(2).isSorted();
            assertThat(lab.processes()).isEmpty();
            assertThat(lab.folders()).isEmpty();
        }
    }
}
