package io.evenkeel.topology.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class CommitBudgetTest {

    private static final long NOW = 1_800_000_000_000L;

    private final CommitBudget budget = new CommitBudget();

    @Test
    void nothingIsCommittedThatNobodyWaitsFor() {
        assertThat(budget.pays(NOW, NOW)).isFalse();
        budget.owe();
        assertThat(budget.pays(NOW, NOW)).isTrue();
        assertThat(budget.pays(NOW + 10_000, NOW + 10_000)).isFalse();
    }

    @Test
    void whoIsBehindReadsOnFirst() {
        exhaust(NOW);
        budget.owe();
        assertThat(budget.pays(NOW + 100, NOW + 79)).isFalse();
        assertThat(budget.pays(NOW + 130, NOW + 110)).isTrue();
    }

    @Test
    void aFewAreCommittedAtOnceThoughTheyAreLate() {
        for (int i = 0; i < 5; i++) {
            budget.owe();
            assertThat(budget.pays(NOW, NOW - 500)).isTrue();
        }
    }

    @Test
    void whoStaysBehindCommitsFiveTimesASecond() {
        exhaust(NOW);
        int commits = 0;
        for (long at = NOW; at < NOW + 10_000; at += 5) {
            budget.owe();
            commits += budget.pays(at, at - 3_000) ? 1 : 0;
        }
        assertThat(commits).isBetween(49, 50);
    }

    @Test
    void whatComesAloneIsCommittedAtOnceThoughTheBrokersClockIsWrong() {
        for (long wrong : new long[]{-300_000, 300_000}) {
            for (long at = NOW; at < NOW + 10_000; at += 250) {
                budget.owe();
                assertThat(budget.pays(at, at + wrong)).isTrue();
            }
        }
    }

    @Test
    void whatHadToWaitIsCommittedWithWhatIsReadNext() {
        exhaust(NOW);
        budget.owe();
        assertThat(budget.pays(NOW + 10, NOW - 90)).isFalse();
        assertThat(budget.pays(NOW + 80, NOW + 79)).isTrue();
    }

    /**
     * A thread that judges a record in 8 us and reads 50,000 a second, 100 of which somebody waits for, on a machine where
     * a commit takes 25 ms: one for each would take 2.5 s a second.
     */
    @Test
    void aBusyMachineKeepsUpAndNobodyWaitsForLong() {
        var random = new Random(7);
        double clock = 0;
        double worst = 0;
        double oldest = -1;
        for (int i = 0; i < 500_000; i++) {
            double appended = i / 50.0;
            clock = Math.max(clock, appended) + 0.008;
            if (random.nextInt(500) == 0) {
                budget.owe();
                oldest = oldest < 0 ? appended : oldest;
            }
            if (budget.pays(NOW + (long) clock, NOW + (long) appended)) {
                clock += 25;
                worst = Math.max(worst, clock - oldest);
                oldest = -1;
            }
        }
        assertThat(clock).as("keeps up with 10 s of results").isLessThan(10_100);
        assertThat(worst).isLessThan(250);
    }

    private void exhaust(long at) {
        do {
            budget.owe();
        } while (budget.pays(at, at - 60_000));
        assertThat(budget.pays(at, at)).isTrue();
    }
}
