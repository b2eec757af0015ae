package io.evenkeel.probe.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FactPaceTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final FactPace pace = new FactPace();

    @Test
    void factsAreReadMoreOftenWhileANodeHasBegunToFail() {
        assertThat(pace.next(0, 0)).isEqualTo(FactPace.USUAL);
        assertThat(pace.fails("d1", 0)).isTrue();
        assertThat(pace.fails("d1", 1)).as("it fails already").isFalse();
        assertThat(pace.next(MINUTE, 0)).isEqualTo(FactPace.SUSPECT);
        assertThat(pace.next(3 * MINUTE, 0)).as("it is known to be down by now").isEqualTo(FactPace.USUAL);
        pace.fails("d2", 3 * MINUTE);
        assertThat(pace.next(3 * MINUTE, 0)).isEqualTo(FactPace.SUSPECT);
        pace.isWell("d2");
        assertThat(pace.next(3 * MINUTE, 0)).isEqualTo(FactPace.USUAL);
    }

    @Test
    void aSlowClusterIsAskedForATenthOfTheTimeAtMost() {
        pace.fails("d1", 0);
        assertThat(pace.next(0, Duration.ofSeconds(6).toNanos())).isEqualTo(Duration.ofSeconds(60));
    }
}
