package io.evenkeel.probe.doubt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SelfDoubtTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private long now = Long.MAX_VALUE - 5_000_000_000L;
    private final SelfDoubt doubt = new SelfDoubt(now);

    @Test
    void whoFailsEverythingOfTwoClustersDoubtsItself() {
        fail("a/n1", "a");
        fail("b/n1", "b");
        fail("b/n2", "b");
        fail("b/n3", "b");

        assertThat(doubt.of("a")).isEqualTo("3 of 3 unrelated targets fail");
        assertThat(doubt.of("b")).as("one target is no proof").isEmpty();
    }

    @Test
    void oneAnswerOfAnybodyEndsTheDoubt() {
        fail("a/n1", "a");
        fail("b/n1", "b");
        fail("b/n2", "b");
        assertThat(doubt.of("a")).isNotEmpty();

        answer("b/n2", "b");
        assertThat(doubt.of("a")).isEmpty();

        fail("b/n2", "b");
        answer("a/n2", "a");
        assertThat(doubt.of("a")).as("a neighbour's answer came over the same network").isEmpty();
    }

    @Test
    void aDeadClusterIsNoReasonForDoubtWhileAnotherAnswers() {
        answer("a/n1", "a");
        for (int i = 0; i < 40; i++) {
            fail("b/n" + i, "b");
        }

        assertThat(doubt.of("b")).isEmpty();
        assertThat(doubt.of("a")).isEmpty();
    }

    @Test
    void withOneClusterOnlyReferencesCanTell() {
        fail("a/n1", "a");
        fail("a/n2", "a");
        fail("a/n3", "a");
        assertThat(doubt.of("a")).isEmpty();

        fail("http://r1", SelfDoubt.REFERENCES);
        assertThat(doubt.of("a")).isEmpty();
        fail("http://r2", SelfDoubt.REFERENCES);
        assertThat(doubt.of("a")).isEqualTo("2 of 2 unrelated targets fail");

        answer("http://r1", SelfDoubt.REFERENCES);
        assertThat(doubt.of("a")).isEmpty();
    }

    @Test
    void theNewestResultOfATargetCountsOnce() {
        fail("a/n1", "a");
        fail("b/n1", "b");
        fail("b/n1", "b");
        fail("b/n1", "b");

        assertThat(doubt.of("a")).isEmpty();
    }

    @Test
    void whatIsLookedAtNoMoreIsForgotten() {
        answer("b/gone", "b");
        pass(Duration.ofSeconds(20));
        fail("a/n1", "a");
        fail("b/n1", "b");
        fail("b/n2", "b");
        assertThat(doubt.of("a")).isEmpty();

        pass(Duration.ofSeconds(11));
        fail("a/n1", "a");

        assertThat(doubt.of("a")).isEqualTo("2 of 2 unrelated targets fail");
    }

    @Test
    void withoutAnyTargetThereIsNoDoubt() {
        assertThat(doubt.of("a")).isEmpty();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void fail(String target, String group) {
        doubt.seen(target, group, true, INTERVAL, now);
    }

    private void answer(String target, String group) {
        doubt.seen(target, group, false, INTERVAL, now);
    }
}
