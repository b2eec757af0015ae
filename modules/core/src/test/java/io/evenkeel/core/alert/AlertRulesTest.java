package io.evenkeel.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.Alert.Status;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionWorld;
import io.evenkeel.core.decision.GateAnswer;
import io.evenkeel.core.decision.Incidents;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertRulesTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

    private final List<Alert> alerts = new ArrayList<>();
    private AlertState state = AlertState.empty();
    private long version = 1;

    private Instant now = T0;

    private void tell(AlertInput input) {
        var step = AlertRules.apply(state, input, now);
        state = step.state();
        alerts.addAll(step.alerts());
    }

    private void node(String name, NodeState from, NodeState to) {
        tell(new AlertInput.Told(
                new DecisionInput.NodeChanged(DecisionWorld.transition(name, from, to, T0, version++))));
    }

    private void cluster(ClusterState from, ClusterState to) {
        tell(new AlertInput.Told(new DecisionInput.ClusterChanged(
                DecisionWorld.transition(DecisionWorld.PRIMARY, from, to, T0, version++))));
    }

    @Test
    void aDownDataNodeFiresAndResolvesUnderOneKey() {
        node("d1", NodeState.UP, NodeState.DOWN);
        node("d1", NodeState.DOWN, NodeState.RECOVERING);
        node("d1", NodeState.RECOVERING, NodeState.UP);
        assertThat(alerts).extracting(Alert::status).containsExactly(Status.FIRING, Status.RESOLVED);
        assertThat(alerts).extracting(Alert::key).containsOnly(alerts.getFirst().key());
        assertThat(alerts).extracting(Alert::sequence).containsExactly(1, 2);
        assertThat(alerts.getFirst().severity()).isEqualTo(Severity.WARN);
    }

    @Test
    void aClusterForWhichARuleThrewPages() {
        var silent = DecisionWorld.transition(DecisionWorld.PRIMARY, ClusterState.HEALTHY, ClusterState.UNKNOWN, T0,
                version++);
        tell(new AlertInput.Told(new DecisionInput.ClusterChanged(silent)));
        tell(new AlertInput.Told(new DecisionInput.ClusterChanged(new ClusterTransition(silent.cluster(),
                ClusterState.UNKNOWN, ClusterState.UNKNOWN, T0, version, version - 1, T0, "a rule threw: boom",
                silent.voters(), List.of(), List.of(), "r1", "boom"))));
        assertThat(alerts).extracting(Alert::severity).containsExactly(Severity.WARN, Severity.PAGE);
        assertThat(alerts.getLast().title()).contains("a rule threw");
        assertThat(alerts.getLast().lines()).anyMatch(line -> line.contains("evenkeel release primary"));
    }

    @Test
    void resolvedIsSentOnlyWhereFiringWas() {
        node("d1", NodeState.JOINING, NodeState.UP);
        cluster(ClusterState.UNKNOWN, ClusterState.HEALTHY);
        assertThat(alerts).isEmpty();
    }

    @Test
    void aDownMasterPagesWithTheArithmeticWhenNoOtherMayFail() {
        for (String master : List.of("m1", "m2", "m3")) {
            node(master, NodeState.JOINING, NodeState.UP);
        }
        node("m2", NodeState.SUSPECT, NodeState.DOWN);
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.PAGE);
            assertThat(alert.title()).contains("2 of 3 voters up, 2 needed");
        });
    }

    @Test
    void aLostQuorumPagesWithTheArithmetic() {
        cluster(ClusterState.HEALTHY, ClusterState.QUORUM_LOST);
        assertThat(alerts.getFirst().severity()).isEqualTo(Severity.PAGE);
        assertThat(alerts.getFirst().title()).contains("1 of 3 voters up, 2 needed");
    }

    @Test
    void aFailureThatGrowsWorseKeepsItsKey() {
        cluster(ClusterState.HEALTHY, ClusterState.DEGRADED);
        cluster(ClusterState.DEGRADED, ClusterState.FAILED);
        assertThat(alerts).extracting(Alert::severity).containsExactly(Severity.WARN, Severity.PAGE);
        assertThat(alerts.get(1).key()).isEqualTo(alerts.get(0).key());
    }

    @Test
    void aClusterThatWorksAgainIsResolvedOnlyWhenItIsHealthy() {
        cluster(ClusterState.HEALTHY, ClusterState.FAILED);
        cluster(ClusterState.FAILED, ClusterState.DEGRADED);
        assertThat(alerts.getLast().status()).isEqualTo(Status.FIRING);
        assertThat(alerts.getLast().severity()).isEqualTo(Severity.WARN);
        cluster(ClusterState.DEGRADED, ClusterState.HEALTHY);
        assertThat(alerts.getLast().status()).isEqualTo(Status.RESOLVED);
        assertThat(alerts).extracting(Alert::key).containsOnly(alerts.getFirst().key());
    }

    @Test
    void anAlertNamesTheIncidentThatIsDecidedAbout() {
        cluster(ClusterState.HEALTHY, ClusterState.FAILED);
        assertThat(alerts.getFirst().lines()).last().isEqualTo("gate by gate: evenkeel why "
                + alerts.getFirst().key());
    }

    @Test
    void whatStopsActionsPagesUntilItNoLongerDoes() {
        var storm = new Decision("storm/primary@1", "primary/*", Decision.Action.FREEZE, Decision.Verdict.ACT,
                "storm: 2 of 5 nodes", List.of(), "", T0, T0, 0, "r1");
        tell(new AlertInput.Decided(storm));
        tell(new AlertInput.Decided(new Decision(storm.incident(), storm.subject(), storm.action(),
                Decision.Verdict.CLOSED, "calm", List.of(), "", T0, T0, 0, "r1")));
        assertThat(alerts).extracting(Alert::status).containsExactly(Status.FIRING, Status.RESOLVED);
        assertThat(alerts.getFirst().severity()).isEqualTo(Severity.PAGE);
        assertThat(alerts.getFirst().title()).startsWith("storm: 2 of 5 nodes");
    }

    @Test
    void anActionThatWaitsForAPersonSaysSo() {
        var down = DecisionWorld.transition("d1", NodeState.UP, NodeState.DOWN, T0, 1);
        tell(new AlertInput.Told(new DecisionInput.NodeChanged(down)));
        tell(new AlertInput.Decided(new Decision(Incidents.of(down), "primary/d1", Decision.Action.REPLACE_INSTANCE,
                Decision.Verdict.WAIT, "approval: a person must approve",
                List.of(new GateAnswer("approval", GateAnswer.Answer.WAIT, "a person must approve")), "", T0, T0, 1,
                "r1")));
        assertThat(alerts.getLast().lines()).anyMatch(line -> line.contains("waits for approval"));
    }

    @Test
    void whatWasDecidedIsToldUnderTheSameKey() {
        var down = DecisionWorld.transition("d1", NodeState.UP, NodeState.DOWN, T0, 1);
        tell(new AlertInput.Told(new DecisionInput.NodeChanged(down)));
        tell(new AlertInput.Decided(new Decision(Incidents.of(down), "primary/d1", Decision.Action.REPLACE_INSTANCE,
                Decision.Verdict.REFUSE, "role: no", List.of(), "", T0, T0, 1, "r1")));
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(1).key()).isEqualTo(alerts.get(0).key());
        assertThat(alerts.get(1).lines()).anyMatch(line -> line.contains("REFUSE: role: no"));
    }

    @Test
    void labelsSayWhatItIsAbout() {
        node("d1", NodeState.UP, NodeState.DOWN);
        cluster(ClusterState.HEALTHY, ClusterState.QUORUM_LOST);
        tell(new AlertInput.Decided(stop("storm/primary@1", "primary/*")));
        tell(new AlertInput.Decided(stop("zone/z1@1", "*/zone/z1")));
        tell(new AlertInput.Decided(stop("brake@1", "*/brake")));
        tell(new AlertInput.Decided(stop("primary/rule-error@1", "primary/rule-error")));
        assertThat(alerts).extracting(alert -> alert.labels().toString()).containsExactly(
                "{cluster=primary, name=NodeDown, node=d1, zone=z1}", "{cluster=primary, name=ClusterQuorumLost}",
                "{cluster=primary, name=Storm}", "{name=ZoneImpaired, zone=z1}", "{name=BrakeTripped}",
                "{cluster=primary, name=RuleError}");
    }

    private static Decision stop(String incident, String subject) {
        return new Decision(incident, subject, Decision.Action.FREEZE, Decision.Verdict.ACT, "stop", List.of(), "", T0,
                T0, 0, "r1");
    }

    @Test
    void aChannelThatDoesNotDeliverPagesOnceUntilItDoes() {
        delivered(Delivery.Outcome.HANDED_OVER);
        delivered(Delivery.Outcome.FAILING);
        delivered(Delivery.Outcome.SUPERSEDED);
        delivered(Delivery.Outcome.DELIVERED);
        delivered(Delivery.Outcome.DELIVERED);
        assertThat(alerts).extracting(Alert::status).containsExactly(Status.FIRING, Status.RESOLVED);
        assertThat(alerts.getFirst().title()).isEqualTo("channel pager does not deliver");
        assertThat(alerts.getFirst().lines()).startsWith("503", "chat is used instead");
        assertThat(alerts.getFirst().label("channel")).isEqualTo("pager");
    }

    private void delivered(Delivery.Outcome outcome) {
        tell(new AlertInput.Delivered(new Delivery("i", 1, "pager", "chat", outcome, 1, "", "503", T0)));
    }

    @Test
    void healthThatStandsStillPagesAfterAMinuteUntilItGoesOn() {
        for (int second = 0; second < 300; second++) {
            now = T0.plusSeconds(second);
            progress(0, now);
            if (second < 100 || second >= 250) {
                progress(3, now);
            }
            tell(new AlertInput.Told(new DecisionInput.Ticked()));
        }
        assertThat(alerts).extracting(alert -> alert.status() + " " + alert.at()).containsExactly(
                "FIRING " + T0.plusSeconds(99 + 31 + 60), "RESOLVED " + T0.plusSeconds(250));
        assertThat(alerts.getFirst().title()).isEqualTo(
                "HEALTH stands still: partition 3 since " + T0.plusSeconds(99));
    }

    @Test
    void whatWasDownWithAllElseHasAMinuteToCatchUp() {
        progress(0, T0);
        now = T0.plusSeconds(600);
        tell(new AlertInput.Told(new DecisionInput.Ticked()));
        now = now.plusSeconds(5);
        progress(0, now);
        tell(new AlertInput.Told(new DecisionInput.Ticked()));
        now = now.plusSeconds(59);
        tell(new AlertInput.Told(new DecisionInput.Ticked()));
        assertThat(alerts).isEmpty();
    }

    private void progress(int partition, Instant upTo) {
        tell(new AlertInput.Told(new DecisionInput.HealthProgressed(new HealthProgress(partition, upTo))));
    }
}
