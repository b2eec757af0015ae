package io.evenkeel.core.whatif;

import static io.evenkeel.core.whatif.Fleet.PRIMARY;
import static io.evenkeel.core.whatif.Fleet.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.FailoverCheck;
import io.evenkeel.core.decision.GateAnswer;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.VantageState;
import org.junit.jupiter.api.Test;

class FailoverCheckTest {

    private final Fleet fleet = Fleet.inThreeZones();

    private FailoverCheck check() {
        return FailoverCheck.of(fleet.state(), fleet.policy(), Fleet.SEARCH, fleet.now());
    }

    @Test
    void aServiceWithAProvedStandbyCouldFailOverNow() {
        assertThat(check().isYes()).isTrue();
        assertThat(check().active()).isEqualTo(PRIMARY);
        assertThat(check().activeState()).as("as it really is").isEqualTo(ClusterState.HEALTHY);
        assertThat(check().decision().gates()).allMatch(GateAnswer::isYes).extracting(GateAnswer::gate)
                .contains("evidence", "votes", "standby", "armed");
        assertThat(check().decision().gates()).anyMatch(gate -> gate.numbers()
                .equals("assumed: FAILED, and all 3 vantages say so; it is HEALTHY now"));
    }

    @Test
    void askingChangesNothing() {
        var before = fleet.state().toString();
        check();
        assertThat(fleet.state().toString()).isEqualTo(before);
    }

    @Test
    void whatIsNotArmedCouldNot() {
        fleet.dryRun();
        assertThat(check().isYes()).isFalse();
        assertThat(check().decision().verdict()).isEqualTo(Verdict.DRY_RUN);
    }

    @Test
    void aStandbyThatIsNotProvedYetSaysWhenItIs() {
        fleet.is(STANDBY, ClusterState.DEGRADED).later(5).is(STANDBY, ClusterState.HEALTHY).later(20);
        assertThat(check().decision()).satisfies(decision -> {
            assertThat(decision.verdict()).isEqualTo(Verdict.WAIT);
            assertThat(decision.reason()).startsWith("standby: standby is HEALTHY for 20 s, 60 s needed");
            assertThat(decision.nextCheckAt()).isEqualTo(fleet.now().plusSeconds(40));
        });
    }

    @Test
    void vantagesThatAreSilentNowHaveNoVote() {
        fleet.vantage(PRIMARY, "va", VantageState.SILENT).vantage(PRIMARY, "vb", VantageState.DOUBTED);
        assertThat(check().decision().reason())
                .startsWith("votes: 1 of 3 vantages say so, 2 needed").endsWith("silent or in doubt now: va, vb");
    }

    @Test
    void aHoldOnTheStandbyStopsItAsItWouldStopTheRealOne() {
        fleet.hold("standby");
        assertThat(check().decision().decidedBy()).isEqualTo("hold");
    }

    @Test
    void aFailoverThatIsUnderWayIsSaidToBe() {
        fleet.is(PRIMARY, ClusterState.FAILED).later(1);
        assertThat(check().decision().reason()).startsWith("latch: a failover is under way");
    }

    @Test
    void aStandbyThatHasFailedIsTheReasonAndNotItsOwnIncident() {
        fleet.is(STANDBY, ClusterState.FAILED).later(1);
        assertThat(check().decision().reason()).startsWith("standby: standby is FAILED");
    }
}
