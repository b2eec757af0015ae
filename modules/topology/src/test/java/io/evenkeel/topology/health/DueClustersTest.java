package io.evenkeel.topology.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueClustersTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

    private final DueClusters due = new DueClusters();

    @Test
    void aClusterIsDueOnceAtItsEarliestDeadline() {
        due.atLatest("a", T0.plusSeconds(10));
        due.atLatest("a", T0.plusSeconds(5));
        due.atLatest("a", T0.plusSeconds(20));
        assertThat(due.due(T0.plusSeconds(4))).isEmpty();
        assertThat(due.due(T0.plusSeconds(5))).containsExactly("a");
        assertThat(due.due(T0.plusSeconds(100))).isEmpty();
    }

    @Test
    void onlyWhatIsDueComesOut() {
        due.atLatest("a", T0.plusSeconds(1));
        due.atLatest("b", T0.plusSeconds(2));
        due.atLatest("c", T0.plusSeconds(3));
        assertThat(due.due(T0.plusSeconds(2))).containsExactly("a", "b");
        assertThat(due.due(T0.plusSeconds(3))).containsExactly("c");
    }
}
