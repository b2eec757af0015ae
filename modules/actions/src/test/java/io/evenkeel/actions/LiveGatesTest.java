package io.evenkeel.actions;

import static io.evenkeel.actions.Requests.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.decision.Intent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveGatesTest {

    private static final Duration FRESH = Duration.ofMillis(500);

    @Test
    void everythingIsAllowedWhenNothingSpeaksAgainstIt() {
        assertThat(LiveGates.judge(Requests.replace(), live(T0, FRESH))).isEmpty();
        assertThat(LiveGates.judge(Requests.failOver(7), live(T0, FRESH))).isEmpty();
    }

    @Test
    void aRequestIsGoodUpToItsDeadlineAndNotAfter() {
        assertThat(LiveGates.judge(Requests.replace(), live(T0.plusSeconds(300), FRESH))).isEmpty();
        assertThat(gate(Requests.replace(), live(T0.plusSeconds(300).plusMillis(1), FRESH))).isEqualTo("deadline");
    }

    @Test
    void aTickOlderThanTwoSecondsRefuses() {
        assertThat(LiveGates.judge(Requests.replace(), live(T0, Duration.ofSeconds(2)))).isEmpty();
        assertThat(LiveGates.judge(Requests.replace(), live(T0, Duration.ofMillis(2001))))
                .hasValue(new LiveGates.Refusal("tick", "newest is 2001 ms old, allowed 2000"));
    }

    @Test
    void withoutAnyTickNothingIsDone() {
        var never = new LiveGates.Snapshot(Optional.empty(), Duration.ZERO, true, List.of(), Optional.empty(), 0);
        assertThat(gate(Requests.replace(), never)).isEqualTo("tick");
    }

    @Test
    void untilIntentsAreReadNothingIsDone() {
        var unread = new LiveGates.Snapshot(Optional.of(T0), FRESH, false, List.of(), Optional.empty(), 0);
        assertThat(gate(Requests.replace(), unread)).isEqualTo("intents");
    }

    @Test
    void theBrakeFileStopsTheHost() {
        var braked = new LiveGates.Snapshot(Optional.of(T0), FRESH, true, List.of(), Optional.of("home/BRAKE"), 0);
        assertThat(gate(Requests.replace(), braked)).isEqualTo("brake");
    }

    @ParameterizedTest
    @CsvSource({"HOLD,primary,hold,hold", "MAINTENANCE,primary,maintenance,maintenance", "BRAKE,*,brake,brake",
            "HOLD,search,,hold", "HOLD,standby,,hold", "SILENCE,primary,,", "ARM,*,,", "HOLD,other,,"})
    void intentsStopWhatTheyCover(Intent.Kind kind, String subject, String replaceGate, String failOverGate) {
        var live = live(T0, FRESH, intent(kind, subject, T0.plusSeconds(60)));
        assertThat(LiveGates.judge(Requests.replace(), live).map(LiveGates.Refusal::gate))
                .isEqualTo(Optional.ofNullable(replaceGate));
        assertThat(LiveGates.judge(Requests.failOver(7), live).map(LiveGates.Refusal::gate))
                .isEqualTo(Optional.ofNullable(failOverGate));
    }

    @Test
    void anExpiredHoldHoldsNoLonger() {
        var live = live(T0.plusSeconds(60), FRESH, intent(Intent.Kind.HOLD, "primary", T0.plusSeconds(60)));
        assertThat(LiveGates.judge(Requests.replace(), live)).isEmpty();
    }

    @Test
    void aStaleEpochIsRefused() {
        var live = new LiveGates.Snapshot(Optional.of(T0), FRESH, true, List.of(), Optional.empty(), 8);
        assertThat(LiveGates.judge(Requests.failOver(7), live))
                .hasValue(new LiveGates.Refusal("epoch", "7 is older than 8"));
        assertThat(LiveGates.judge(Requests.failOver(8), live)).isEmpty();
    }

    private static String gate(ActionRequest request, LiveGates.Snapshot live) {
        return LiveGates.judge(request, live).orElseThrow().gate();
    }

    private static LiveGates.Snapshot live(Instant tick, Duration age, Intent... intents) {
        return new LiveGates.Snapshot(Optional.of(tick), age, true, List.of(intents), Optional.empty(), 0);
    }

    private static Intent intent(Intent.Kind kind, String subject, Instant until) {
        return new Intent(kind, subject, "ann", "test", T0, until);
    }
}
