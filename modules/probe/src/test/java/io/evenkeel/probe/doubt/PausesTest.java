package io.evenkeel.probe.doubt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PausesTest {

    // Near the end of the range: monotonic times may wrap around.
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private final Pauses pauses = new Pauses(START);
    private long now = START;

    @Test
    void anAgentThatRunsHasNoPauses() {
        beatFor(Duration.ofSeconds(10));

        assertThat(pauses.within(START, now)).isZero();
    }

    @Test
    void aPauseIsSeenByWhateverSpansIt() {
        beatFor(Duration.ofSeconds(1));
        long before = now;
        stop(Duration.ofMillis(4200));
        long after = now;
        beatFor(Duration.ofSeconds(1));

        assertThat(pauses.within(before, now)).isEqualTo(Duration.ofMillis(4200));
        assertThat(pauses.within(START, before)).isZero();
        assertThat(pauses.within(after, now)).isZero();
        assertThat(pauses.within(before + Duration.ofSeconds(4).toNanos(), now)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whoeverWakesUpBeforeTheLoopSeesThePauseToo() {
        beatFor(Duration.ofSeconds(1));
        long before = now;

        assertThat(pauses.within(before, before + Duration.ofSeconds(3).toNanos())).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void severalPausesAddUp() {
        stop(Duration.ofSeconds(1));
        beatFor(Duration.ofSeconds(1));
        stop(Duration.ofSeconds(2));

        assertThat(pauses.within(START, now)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aLateTimerIsNoPause() {
        stop(Pauses.BEAT.plus(Pauses.TOLERANCE));

        assertThat(pauses.within(START, now)).isZero();
    }

    private void beatFor(Duration time) {
        for (long beats = time.dividedBy(Pauses.BEAT); beats > 0; beats--) {
            stop(Pauses.BEAT);
        }
    }

    private void stop(Duration time) {
        now += time.toNanos();
        pauses.beat(now);
    }
}
