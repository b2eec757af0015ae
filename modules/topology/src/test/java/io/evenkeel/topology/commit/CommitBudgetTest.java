package io.evenkeel.topology.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        for (int i = 0; i < 3; i++) {
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
            commits += budget.pays(at, NOW - 60_000) ? 1 : 0;
        }
        assertThat(commits).isBetween(45, 50);
    }

    @ParameterizedTest
    @ValueSource(longs = {-300_000, 0, 300_000})
    void whatComesNowAndThenIsCommittedAtOnceThoughTheBrokersClockIsWrong(long wrong) {
        for (long at = NOW; at < NOW + 60_000; at += 80) {
            boolean transition = (at - NOW) % 960 == 0;
            if (transition) {
                budget.owe();
            }
            assertThat(budget.pays(at, at + wrong)).isEqualTo(transition);
        }
    }

    @Test
    void aBrokersClockThatIsAheadHidesNoBacklog() {
        exhaust(NOW);
        budget.owe();
        assertThat(budget.pays(NOW + 10, NOW + 300_010)).isTrue();
        budget.owe();
        assertThat(budget.pays(NOW + 110, NOW + 300_050)).isFalse();
    }

    @Test
    void whatHadToWaitIsCommittedWithWhatIsReadNext() {
        exhaust(NOW);
        budget.owe();
        assertThat(budget.pays(NOW + 10, NOW - 90)).isFalse();
        assertThat(budget.pays(NOW + 80, NOW + 79)).isTrue();
    }

    /** A thread that judges a record in 8 us and reads 50,000 a second, 100 of which somebody waits for. */
    @ParameterizedTest
    @CsvSource({"8, 150", "25, 250", "80, 700", "400, 2500"})
    void aBusyMachineKeepsUpHoweverLongCommitsTakeAndNobodyWaitsForLong(int commitMillis, int atMost) {
        var random = new Random(7);
        double clock = 0;
        double worst = 0;
        double oldest = -1;
        int untilCommit = -1;
        for (int i = 0; i < 2_000_000; i++) {
            double appended = i / 50.0;
            clock = Math.max(clock, appended) + 0.008;
            if (random.nextInt(500) == 0) {
                budget.owe();
                oldest = oldest < 0 ? appended : oldest;
            }
            boolean asked = budget.pays(NOW + (long) clock, NOW + (long) appended);
            // Other tasks of the thread read before it is made.
            untilCommit = asked && untilCommit < 0 ? random.nextInt(12) : untilCommit - 1;
            if (untilCommit == 0) {
                clock += commitMillis;
                worst = Math.max(worst, clock - oldest);
                oldest = -1;
            }
        }
        assertThat(clock).as("keeps up with 40 s of results").isLessThan(40_000 + atMost);
        assertThat(worst).isLessThan(atMost);
    }

    /** A million nodes come up: each record is a transition, all are there already, and a commit takes half a second. */
    @Test
    void aStormIsReadForMostOfTheTimeThoughCommitsTakeLong() {
        double clock = 0;
        int commits = 0;
        for (int i = 0; i < 100_000; i++) {
            clock += 0.1;
            budget.owe();
            if (budget.pays(NOW + (long) clock, NOW - 60_000)) {
                clock += 500;
                commits++;
            }
        }
        assertThat(commits).isBetween(14, 20);
    }

    private void exhaust(long at) {
        do {
            budget.owe();
        } while (budget.pays(at, at - 60_000));
        assertThat(budget.pays(at, at)).isTrue();
    }
}
