package io.evenkeel.actions;

import static io.evenkeel.actions.Requests.T0;
import static io.evenkeel.actions.Requests.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.ClaimLedger;
import io.evenkeel.core.action.ClaimLedger.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClaimLedgerTest {

    private static final ActionRequest REQUEST = Requests.replace();

    private final ClaimLedger ledger = new ClaimLedger();

    @Test
    void anUnknownRequestIsClaimed() {
        assertThat(ledger.decide(REQUEST, T0)).isEqualTo(new Verdict.Claim());
    }

    @Test
    void anotherOwnersLeaseIsWaitedOut() {
        ledger.observe(outcome(REQUEST, Status.STARTED, 1));
        assertThat(ledger.decide(REQUEST, T0.plusSeconds(59))).isEqualTo(new Verdict.WaitUntil(T0.plusSeconds(60)));
    }

    @Test
    void afterTheLeaseTheNextAttemptIsMade() {
        ledger.observe(outcome(REQUEST, Status.STARTED, 1));
        assertThat(ledger.decide(REQUEST, T0.plusSeconds(60))).isEqualTo(new Verdict.Recover(2));
    }

    @ParameterizedTest
    @EnumSource(value = Status.class, names = "STARTED", mode = EnumSource.Mode.EXCLUDE)
    void anEndedRequestIsSkippedForever(Status end) {
        ledger.observe(outcome(REQUEST, Status.STARTED, 1));
        ledger.observe(outcome(REQUEST, end, 1));
        assertThat(ledger.decide(REQUEST, T0.plusSeconds(3600))).isInstanceOf(Verdict.Skip.class);
        assertThat(ledger.unfinished(_ -> true)).isEmpty();
    }

    @Test
    void aLateClaimOfTheSameAttemptDoesNotUndoItsEnd() {
        ledger.observe(outcome(REQUEST, Status.SUCCEEDED, 1));
        ledger.observe(outcome(REQUEST, Status.STARTED, 1));
        assertThat(ledger.decide(REQUEST, T0)).isInstanceOf(Verdict.Skip.class);
    }

    @Test
    void aFormerOwnersLateEndDoesNotEndTheNextAttempt() {
        ledger.observe(outcome(REQUEST, Status.STARTED, 1));
        ledger.observe(outcome(REQUEST, Status.STARTED, 2));
        ledger.observe(outcome(REQUEST, Status.FAILED, 1));
        assertThat(ledger.decide(REQUEST, T0.plusSeconds(90))).isEqualTo(new Verdict.WaitUntil(T0.plusSeconds(120)));
        assertThat(ledger.decide(REQUEST, T0.plusSeconds(120))).isEqualTo(new Verdict.Recover(3));
    }

    @Test
    void theOutcomeThatCountsIsTheNewestAttemptsAndOfThatItsEnd() {
        assertThat(ledger.newest(REQUEST.id())).isEmpty();
        ledger.observe(outcome(REQUEST, Status.STARTED, 2));
        ledger.observe(outcome(REQUEST, Status.REFUSED, 1));
        assertThat(ledger.newest(REQUEST.id())).contains(outcome(REQUEST, Status.STARTED, 2));
        ledger.observe(outcome(REQUEST, Status.ALREADY_DONE, 2));
        assertThat(ledger.newest(REQUEST.id())).contains(outcome(REQUEST, Status.ALREADY_DONE, 2));
    }

    @Test
    void onlyClaimsWithoutAnEndAreUnfinished() {
        ledger.observe(outcome(REQUEST, Status.STARTED, 1));
        ledger.observe(outcome(Requests.failOver(1), Status.STARTED, 1));
        ledger.observe(outcome(Requests.failOver(1), Status.ALREADY_DONE, 1));
        assertThat(ledger.unfinished(_ -> true)).containsExactly(REQUEST);
        assertThat(ledger.unfinished(_ -> false)).isEmpty();
    }

    @Test
    void aRequestWithAnUnreadableOutcomeIsLeftAlone() {
        ledger.observe(outcome(REQUEST, Status.STARTED, 1));
        ledger.observeUnreadable(REQUEST.id());
        assertThat(ledger.decide(REQUEST, T0.plusSeconds(3600))).isInstanceOf(Verdict.Skip.class);
        assertThat(ledger.unfinished(_ -> true)).isEmpty();
    }

    @Test
    void theNewestEpochOfAServiceIsRemembered() {
        assertThat(ledger.newestEpoch(Requests.SERVICE)).isZero();
        ledger.observe(outcome(Requests.failOver(8), Status.STARTED, 1));
        ledger.observe(outcome(Requests.failOver(7), Status.REFUSED, 1));
        assertThat(ledger.newestEpoch(Requests.SERVICE)).isEqualTo(8);
    }
}
