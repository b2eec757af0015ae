package io.evenkeel.probe.confirm;

import static io.evenkeel.core.health.FailureReason.CONNECT_REFUSED;
import static io.evenkeel.core.health.FailureReason.READ_TIMEOUT;
import static io.evenkeel.core.health.FailureReason.RESET;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.health.FailureReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RoundTest {

    /** nanoTime may begin anywhere. */
    private static final long T0 = -2_000_000_000L;

    @Test
    void refusalsAreAskedAgainAt0And250And500Milliseconds() {
        assertThat(starts(Round.afterFailure(CONNECT_REFUSED, T0), CONNECT_REFUSED, 1))
                .containsExactly(0L, 250L, 500L);
        assertThat(starts(Round.afterFailure(RESET, T0), RESET, 1)).containsExactly(0L, 250L, 500L);
    }

    @Test
    void otherFailuresAreAskedAgainThreeTimesAtADistanceOfASecond() {
        assertThat(starts(Round.afterFailure(READ_TIMEOUT, T0), READ_TIMEOUT, 1))
                .containsExactly(1000L, 2000L, 3000L);
    }

    @Test
    void aProbeThatTakesLongerMovesTheNext() {
        assertThat(starts(Round.afterFailure(CONNECT_REFUSED, T0), CONNECT_REFUSED, 300))
                .containsExactly(0L, 300L, 600L);
    }

    @Test
    void afterADroppedConnectionTheFirstProbeIsOneOfThree() {
        assertThat(starts(Round.afterDrop(T0), CONNECT_REFUSED, 1)).containsExactly(0L, 250L, 500L);
    }

    @Test
    void afterADroppedConnectionAFirstTimeOutIsNoRefusal() {
        assertThat(starts(Round.afterDrop(T0), READ_TIMEOUT, 3000)).containsExactly(0L, 4000L, 7000L, 10_000L);
    }

    @Test
    void anUnhurriedRoundThatSeesARefusalGoesOnAsAPromptOne() {
        var round = Round.afterFailure(READ_TIMEOUT, T0);
        round.failed(READ_TIMEOUT, at(1000), at(1500));

        round.failed(CONNECT_REFUSED, at(2000), at(2001));

        assertThat(starts(round, CONNECT_REFUSED, 1)).containsExactly(2250L, 2500L);
    }

    @Test
    void onlyADroppedConnectionWithoutAnyFailureIsNothing() {
        assertThat(Round.afterFailure(RESET, T0).nothingWrong()).isFalse();
        var round = Round.afterDrop(T0);
        assertThat(round.nothingWrong()).isTrue();

        round.failed(RESET, T0, T0);

        assertThat(round.nothingWrong()).isFalse();
    }

    /** Milliseconds from T0 at which probes start that all fail alike. */
    private static List<Long> starts(Round round, FailureReason seen, long takesMillis) {
        var starts = new ArrayList<Long>();
        long now = T0;
        while (!round.over()) {
            long start = Math.max(now, round.nextAt());
            starts.add(TimeUnit.NANOSECONDS.toMillis(start - T0));
            now = start + TimeUnit.MILLISECONDS.toNanos(takesMillis);
            round.failed(seen, start, now);
        }
        return starts;
    }

    private static long at(long millis) {
        return T0 + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
