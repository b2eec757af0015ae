package io.evenkeel.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgrammeTest {

    @Test
    void namesMayBeSeparatedByCommasAndRepeated() {
        assertThat(Programme.of(List.of("agent-dead, hold", "agent-dead", "kill-primary")).scenarios())
                .containsExactly(Scenario.AGENT_DEAD, Scenario.HOLD, Scenario.AGENT_DEAD, Scenario.KILL_PRIMARY);
    }

    @Test
    void aFailoverCanOnlyBeTheLast() {
        assertThatThrownBy(() -> Programme.of(List.of("pipeline-killed,hold")))
                .hasMessage(
                        "pipeline-killed must be the last: its failover latches, and the lab can't be brought back");
        assertThat(Programme.of(List.of("hold,pipeline-killed")).scenarios()).hasSize(2);
    }

    @Test
    void whatIsNoScenarioIsRefusedWithTheNamesThatAre() {
        assertThatThrownBy(() -> Programme.of(List.of("hold,,kill-master"))).hasMessageStartingWith(
                "there is no scenario ''; there are: kill-data-node, kill-primary");
    }
}
