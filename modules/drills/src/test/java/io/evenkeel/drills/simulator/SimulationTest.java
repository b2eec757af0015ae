package io.evenkeel.drills.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.alert.AlertInput;
import io.evenkeel.core.alert.AlertRules;
import io.evenkeel.core.alert.AlertState;
import io.evenkeel.drills.simulator.rule.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final SimulationOptions SHORT = new SimulationOptions(6, 2, SimulationOptions.LOST_PROBES);

    @Test
    void everyRuleHoldsAndMuchHappens() {
        var counted = Figures.Count.NONE;
        for (long seed = 8; seed < 16; seed++) {
            var report = Simulation.run(seed, SHORT);
            assertThat(report.told()).isEmpty();
            assertThat(report.clusterHours()).isBetween(11.99, 12.0);
            counted = counted.plus(report.counted());
        }
        assertThat(counted.downs()).isGreaterThan(50);
        assertThat(counted.faileds()).isGreaterThan(2);
        assertThat(counted.replacements()).isGreaterThan(3);
        assertThat(counted.failovers()).isGreaterThan(0);
        assertThat(counted.wrongActions()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        var first = Simulation.run(4, SHORT);
        var second = Simulation.run(4, SHORT);
        assertThat(second).isEqualTo(first);
        assertThat(Simulation.run(5, SHORT).hash()).isNotEqualTo(first.hash());
    }

    @Test
    void whoListensHearsTheSameHistory() {
        List<String> lines = new ArrayList<>();
        var report = Simulation.run(4, SHORT, lines::add);
        assertThat(report).isEqualTo(Simulation.run(4, SHORT));
        assertThat(lines).anyMatch(line -> line.contains("FAULT"));
    }

    @Test
    void aFailureSaysWhatBrokeWhenAndHowToSeeItAgain() {
        var report = Simulation.run(4, SHORT, new Parts() {
            @Override
            public AlertRules.Step alert(AlertState state, AlertInput input, Instant now) {
                throw new IllegalStateException("broken on purpose");
            }
        });
        assertThat(report.told().getFirst()).startsWith("seed 4 breaks rule 0 (nothing throws)")
                .contains("broken on purpose");
        assertThat(report.told().getLast()).isEqualTo("again: evenkeel simulate --seed 4 --hours 2 --clusters 6");
        assertThat(report.told()).hasSizeGreaterThan(3);
    }
}
