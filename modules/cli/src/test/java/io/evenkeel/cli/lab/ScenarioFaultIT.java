package io.evenkeel.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.lab.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario by the launcher, from a kill to its end, on as few labs as there are failovers; nothing is left of them. */
final class ScenarioFaultIT {

    private static final Duration LIMIT = Duration.ofMinutes(12);

    /** A lab's programme: only its last scenario may fail over. */
    record Lab(String dnsStrategy, List<String> scenarios) {}

    private static final List<Lab> LABS = List.of(
            new Lab("health-check",
                    List.of("red-index", "agent-dead", "hold", "two-nodes-at-once", "zone-out", "pipeline-killed")),
            new Lab("record-set",
                    List.of("kill-data-node", "kill-master", "kill-quorum", "standby-dead", "kill-primary")));

    static Stream<Lab> labs() {
        return LABS.stream();
    }

    @Test
    void everyScenarioIsPlayedOnce() {
        assertThat(LABS.stream().flatMap(lab -> lab.scenarios().stream()))
                .containsExactlyInAnyOrderElementsOf(Scenario.titles());
    }

    @ParameterizedTest
    @MethodSource("labs")
    void itsScenariosPassAndLeaveNothingBehind(Lab planned) throws Exception {
        try (var lab = LaunchedLab.start("--scenario", String.join(",", planned.scenarios()), "--dns-strategy",
                planned.dnsStrategy(), "--output", "json")) {
            int code = lab.await(LIMIT);
            assertThat(code).as(lab.err()).isZero();
            var played = new ArrayList<String>();
            for (var report : new ObjectMapper().readTree(lab.out())) {
                played.add(report.path("scenario").asText());
                hasPassed(report);
            }
            assertThat(played).isEqualTo(planned.scenarios());
            assertThat(lab.processes()).isEmpty();
            assertThat(lab.folders()).isEmpty();
        }
    }

    private static void hasPassed(JsonNode report) {
        System.out.println(report.path("scenario").asText() + ":");
        var stages = new ArrayList<Long>();
        for (var stage : report.path("stages")) {
            stages.add(stage.path("afterMillis").asLong());
            System.out.printf("%9.3f s  %-34s  %s%n", stage.path("afterMillis").asLong() / 1000.0,
                    stage.path("stage").asText(), stage.path("detail").asText());
        }
        assertThat(report.path("passed").asBoolean()).isTrue();
        assertThat(stages).hasSizeGreaterThan(2).isSorted();
    }
}
