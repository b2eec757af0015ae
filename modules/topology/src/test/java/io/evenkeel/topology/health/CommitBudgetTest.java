package io.evenkeel.topology.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommitBudgetTest {

    private static final long NOW = 1_800_000_000_000L;

    private final CommitBudget budget = new CommitBudget();

    @Test
    void nothingIsCommittedThatNobodyWaitsFor() {
        assertThat(budget.pays(NOW)).isFalse();
        budget.owe();
        assertThat(budget.pays(NOW)).isTrue();
        assertThat(budget.pays(NOW + 10_000)).isFalse();
    }

    @Test
    void aFewTransitionsAtOnceAreCommittedAtOnceAndAStormAtAPace() {
        assertThat(commits(NOW, 1_000)).isEqualTo(20);
        assertThat(commits(NOW + 9, 1_000)).isZero();
        assertThat(commits(NOW + 100, 1_000)).isEqualTo(10);
        assertThat(commits(NOW + 60_000, 1_000)).isEqualTo(20);
    }

    @Test
    void whatHadToWaitIsCommittedWithTheNextRecord() {
        commits(NOW, 100);
        budget.owe();
        assertThat(budget.pays(NOW + 5)).isFalse();
        assertThat(budget.pays(NOW + 10)).isTrue();
    }

    private int commits(long at, int transitions) {
        int commits = 0;
        for (int i = 0; i < transitions; i++) {
            budget.owe();
            commits += budget.pays(at) ? 1 : 0;
        }
        return commits;
    }
}
