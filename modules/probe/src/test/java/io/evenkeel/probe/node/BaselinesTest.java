package io.evenkeel.probe.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BaselinesTest {

    private static final Outcome HEALTHY = new Outcome.Success();
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Baselines baselines = new Baselines();
    private long now = -7_000_000_000L;

    @Test
    void anAnswerFarSlowerThanUsualIsSlow() {
        learn(target("i-1"), 20, 3);

        assertThat(answer(target("i-1"), 900))
                .isEqualTo(new Outcome.Failure(FailureReason.SLOW, "took 900 ms, usually 3 ms"));
        assertThat(answer(target("i-1"), 3)).isEqualTo(HEALTHY);
    }

    @Test
    void beforeTwentySuccessesNothingIsSlow() {
        learn(target("i-1"), 19, 3);

        assertThat(answer(target("i-1"), 900)).isEqualTo(HEALTHY);
    }

    @Test
    void upToHalfASecondNothingIsSlow() {
        learn(target("i-1"), 20, 3);

        assertThat(answer(target("i-1"), 501)).isNotEqualTo(HEALTHY);
        assertThat(answer(target("i-1"), 500)).isEqualTo(HEALTHY);
    }

    @Test
    void aTargetThatIsAlwaysFarAwayIsNotSlow() {
        learn(target("i-1"), 20, 200);

        assertThat(answer(target("i-1"), 2000)).isEqualTo(HEALTHY);
        assertThat(answer(target("i-1"), 4500)).isNotEqualTo(HEALTHY);
    }

    @Test
    void slowAnswersBetweenUsualOnesStaySlowForEver() {
        learn(target("i-1"), 20, 3);

        for (int i = 0; i < 1000; i++) {
            assertThat(answer(target("i-1"), 900)).isNotEqualTo(HEALTHY);
            assertThat(answer(target("i-1"), 3)).isEqualTo(HEALTHY);
        }
    }

    @Test
    void whatStaysSlowForAnHourIsUsualFromThenOn() {
        learn(target("i-1"), 20, 3);

        for (int i = 0; i < 120; i++) {
            assertThat(answer(target("i-1"), 900)).as("answer %d", i).isNotEqualTo(HEALTHY);
        }
        assertThat(answer(target("i-1"), 900)).isEqualTo(HEALTHY);
        assertThat(answer(target("i-1"), 900)).isEqualTo(HEALTHY);
        assertThat(answer(target("i-1"), 20_000))
                .isEqualTo(new Outcome.Failure(FailureReason.SLOW, "took 20000 ms, usually 900 ms"));
    }

    @Test
    void aFailureTeachesNothingAndStaysWhatItIs() {
        var refused = new Outcome.Failure(FailureReason.CONNECT_REFUSED, "refused");
        learn(target("i-1"), 19, 3);

        assertThat(baselines.judged(target("i-1"), refused, Duration.ofSeconds(3), now)).isEqualTo(refused);
        assertThat(answer(target("i-1"), 900)).as("the 20th success, not the 21st").isEqualTo(HEALTHY);
    }

    @Test
    void aNewIncarnationIsLearnedAnew() {
        learn(target("i-1"), 20, 3);

        assertThat(answer(target("i-2"), 900)).isEqualTo(HEALTHY);
    }

    private void learn(NodeTarget target, int answers, int millis) {
        for (int i = 0; i < answers; i++) {
            assertThat(answer(target, millis)).isEqualTo(HEALTHY);
        }
    }

    private Outcome answer(NodeTarget target, int millis) {
        now += INTERVAL.toNanos();
        return baselines.judged(target, HEALTHY, Duration.ofMillis(millis), now);
    }

    private static NodeTarget target(String incarnation) {
        return new NodeTarget(new NodeId(new ClusterId("search"), "n1"), incarnation, "http://127.0.0.1:1", "",
                List.of(), "", List.of(), Phase.EXPECTED);
    }
}
