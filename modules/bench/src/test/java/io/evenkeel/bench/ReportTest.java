package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportTest {

    @Test
    void aFigureIsReachedWhenAllItsGoalsAreMet() {
        assertThat(Figure.of("heap", "B", 200, Goal.atMost(200)).isReached()).isTrue();
        assertThat(Figure.of("heap", "B", 201, Goal.atMost(200)).isReached()).isFalse();
        assertThat(Figure.beside("rate", "/s", 400, 1_000, Goal.ratioAtLeast(0.4), Goal.atLeast(400)).isReached())
                .isTrue();
        assertThat(Figure.beside("rate", "/s", 400, 1_000, Goal.ratioAtLeast(0.4), Goal.atLeast(401)).isReached())
                .isFalse();
        assertThat(Figure.of("only told", "s", 1).isReached()).isTrue();
    }

    @Test
    void aTableShowsTheValueItsReferenceTheirRatioAndWhetherTheGoalIsMet() {
        var report = new Report("latency", false,
                List.of(Figure.beside("p50", "ms", 6, 3, Goal.ratioAtMost(1.5)), Figure.of("n", "results", 2_000)));

        assertThat(report.lines().get(2)).containsSubsequence("p50", "6.00 ms", "3.00 ms", "2.00", "<= 1.50 x",
                "missed");
        assertThat(report.lines().get(3)).contains("2,000 results").doesNotContain("reached", "missed");
        assertThat(report.isReached()).isFalse();
    }

    @Test
    void programsGetTheSame() {
        var json = new Report("latency", true, List.of(Figure.beside("p50", "ms", 6, 3, Goal.ratioAtMost(2)))).json();

        assertThat(json).containsEntry("bench", "latency").containsEntry("quick", true);
        assertThat(json.get("figures")).isEqualTo(List.of(Map.of("what", "p50", "unit", "ms", "value", 6.0,
                "reference", 3.0, "ratio", 2.0, "goals", List.of("<= 2.00 x"), "reached", true)));
    }

    @Test
    void aQuantileIsAValueThatWasMeasured() {
        var values = List.of(5.0, 1.0, 4.0, 2.0, 3.0);
        assertThat(Rounds.median(values)).isEqualTo(3);
        assertThat(Rounds.quantile(values, 0.99)).isEqualTo(5);
        assertThat(Rounds.quantile(values, 0)).isEqualTo(1);
        assertThatThrownBy(() -> Rounds.median(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
