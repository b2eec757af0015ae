package io.evenkeel.probe.confirm;

import static io.evenkeel.core.health.FailureReason.CONNECT_REFUSED;
import static io.evenkeel.core.health.FailureReason.READ_TIMEOUT;
import static io.evenkeel.core.health.FailureReason.RESET;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SpellTest {

    private final Spell spell = new Spell();

    @Test
    void oneRoundInASpellOfFailures() {
        assertThat(spell.failed(CONNECT_REFUSED)).isTrue();
        spell.roundEnded(false);

        assertThat(spell.failed(CONNECT_REFUSED)).isFalse();
        assertThat(spell.failed(READ_TIMEOUT)).isFalse();
        assertThat(spell.dropped()).isFalse();
    }

    @Test
    void aHealthyScheduledProbeEndsTheSpellAndAHealthyConfirmationDoesNot() {
        assertThat(spell.failed(RESET)).isTrue();
        spell.roundEnded(true);
        assertThat(spell.failed(RESET)).isFalse();

        spell.succeeded();

        assertThat(spell.failed(RESET)).isTrue();
    }

    @Test
    void whatTimedOutFirstAndIsRefusedLaterIsAskedAgain() {
        assertThat(spell.failed(READ_TIMEOUT)).isTrue();
        spell.confirmed(Cadence.UNHURRIED);
        spell.roundEnded(false);
        assertThat(spell.failed(READ_TIMEOUT)).isFalse();

        assertThat(spell.failed(CONNECT_REFUSED)).isTrue();
    }

    @Test
    void roundsDoNotOverlap() {
        assertThat(spell.dropped()).isTrue();

        assertThat(spell.failed(CONNECT_REFUSED)).isFalse();
        assertThat(spell.dropped()).isFalse();
    }

    @Test
    void aDroppedConnectionThatWasNoFailureLeavesTheSpellToAFailure() {
        assertThat(spell.dropped()).isTrue();
        spell.roundEnded(true);

        assertThat(spell.failed(CONNECT_REFUSED)).isTrue();
    }

    @Test
    void aConnectionDroppedWhileAFrozenProcessIsKilledIsLookedInto() {
        assertThat(spell.failed(READ_TIMEOUT)).isTrue();
        spell.roundEnded(false);

        assertThat(spell.dropped()).isTrue();
    }

    @Test
    void aConnectionDroppedAfterAHealthyConfirmationIsLookedInto() {
        assertThat(spell.failed(RESET)).isTrue();
        spell.confirmed(Cadence.PROMPT);
        spell.roundEnded(true);

        assertThat(spell.dropped()).isTrue();
    }

    @Test
    void aHealthyScheduledProbeLeavesARoundNothingToConfirm() {
        assertThat(spell.failed(RESET)).isTrue();
        assertThat(spell.failing()).isTrue();

        spell.succeeded();

        assertThat(spell.failing()).isFalse();
    }
}
