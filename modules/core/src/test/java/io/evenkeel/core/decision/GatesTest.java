package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.DecisionWorld.POLICY;
import static io.evenkeel.core.decision.DecisionWorld.PRIMARY;
import static io.evenkeel.core.decision.DecisionWorld.STANDBY;
import static io.evenkeel.core.decision.DecisionWorld.T0;
import static io.evenkeel.core.decision.DecisionWorld.VOTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.VantageState;
import io.evenkeel.core.health.VantageTransition;
import io.evenkeel.core.health.Vote;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gates one by one; each test fails when its gate is taken out. */
class GatesTest {

    private final DecisionWorld world = new DecisionWorld(true);

    private static DecisionWorld with(SafetyPolicy safety) {
        return new DecisionWorld(POLICY.withArmed(true).with(safety));
    }

    private static SafetyPolicy safety() {
        return POLICY.safety();
    }

    /** d1 fails and is replaced by d3, one minute later. */
    private static void replaceOne(DecisionWorld world) {
        world.node("d1", NodeState.DOWN).later(60);
        assertThat(world.requests).hasSize(1);
        world.outcome(world.requests.getFirst(), Status.SUCCEEDED)
                .node("d1", NodeState.RETIRED).node("d3", NodeState.UP);
    }

    @Test
    void everyGateOfAReplacementAnswersInDesignsOrder() {
        world.node("d1", NodeState.DOWN).later(60);
        assertThat(world.last().gates()).extracting(GateAnswer::gate).containsExactly("rule-error", "brake", "hold",
                "maintenance", "foreign-operation", "evidence", "failure-class", "votes", "input-lag", "membership",
                "role", "group", "voting-configuration", "master-quorum", "last-copy", "allocation", "disk-headroom",
                "zone", "storm", "cluster-state", "other-data-nodes", "floor", "in-flight", "at-once", "per-zone",
                "per-hour", "attempts", "act-after", "block", "approval", "armed");
        assertThat(world.last().gates()).allMatch(GateAnswer::isYes);
    }

    @Test
    void everyGateOfAFailoverAnswersInDesignsOrder() {
        world.cluster(PRIMARY, ClusterState.FAILED);
        assertThat(world.last().gates()).extracting(GateAnswer::gate).containsExactly("rule-error", "brake", "hold",
                "maintenance", "evidence", "votes", "input-lag", "latch", "standby", "attempts", "cool-down",
                "approval", "armed");
    }

    @Test
    void aDecisionSaysWhenTimeAloneMayChangeIt() {
        world.node("d1", NodeState.DOWN);
        assertThat(world.last().decidedBy()).isEqualTo("act-after");
        assertThat(world.last().nextCheckAt()).isEqualTo(world.now.plusSeconds(60));
        world.node("d2", NodeState.SUSPECT);
        assertThat(world.last().decidedBy()).isEqualTo("other-data-nodes");
        assertThat(world.last().nextCheckAt()).isEqualTo(world.last().at());
    }

    @Test
    void aNodeThatIsNoLongerDownIsNotReplaced() {
        world.node("d1", NodeState.DOWN).node("d1", NodeState.UNREACHABLE).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("evidence");
    }

    @Test
    void whatAHealthyProcessCanCauseIsNoReasonToReplaceIt() {
        var down = DecisionWorld.transition("d1", NodeState.UP, NodeState.DOWN, world.now, 1_000);
        world.tell(new DecisionInput.NodeChanged(new NodeTransition(down.target(), down.from(), down.to(), down.at(),
                down.version(), down.previousVersion(), down.firstFailureAt(),
                new Cause(List.of(FailureReason.DISK), false, Consequence.ALERT), down.reason(), down.votes(),
                down.evidence(), "r1"))).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(world.last().reason()).startsWith("failure-class: [DISK] allows ALERT");
    }

    @Test
    void aNodeThatNoGroupWouldReplaceIsNotTakenAway() {
        var down = DecisionWorld.transition("d1", NodeState.UP, NodeState.DOWN, world.now, 1_000);
        var target = down.target();
        world.tell(new DecisionInput.NodeChanged(new NodeTransition(
                new NodeTarget(target.node(), target.incarnation(), target.url(), target.zone(), target.roles(), "",
                        target.vantages(), target.phase()),
                down.from(), down.to(), down.at(), down.version(), down.previousVersion(), down.firstFailureAt(),
                down.cause(), down.reason(), down.votes(), down.evidence(), "r1"))).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("group");
    }

    @Test
    void aReplacementIsTriedSoManyTimesAndNotAtOnceAgain() {
        world.node("d1", NodeState.DOWN).later(60);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(world.requests).hasSize(attempt);
            world.outcome(world.requests.getLast(), Status.FAILED).later(29);
            assertThat(world.requests).hasSize(attempt);
            world.later(1);
        }
        assertThat(world.requests).hasSize(3);
        assertThat(world.last().reason()).contains("a person is needed");
    }

    @Test
    void maintenanceOfAServiceStopsItsFailover() {
        world.set(Intent.Kind.MAINTENANCE, "search").cluster(PRIMARY, ClusterState.FAILED).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("maintenance");
    }

    @Test
    void aFailoverNeedsTheVotesOfAMajorityStill() {
        world.tell(new DecisionInput.VantageChanged(new VantageTransition(PRIMARY, new Vantage("vb", "z2"),
                VantageState.VOTING, VantageState.SILENT, world.now, 1, 0, "silent", "r1")))
                .cluster(PRIMARY, ClusterState.FAILED).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("votes");
    }

    @Test
    void aFailureThatIsToldLateIsNotFailedOverAtOnce() {
        var late = DecisionWorld.transition(PRIMARY, ClusterState.HEALTHY, ClusterState.FAILED, world.now, 1_000);
        world.now = world.now.plusSeconds(60);
        world.tell(new DecisionInput.ClusterChanged(late)).laterUnjudged(4);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("input-lag");
        world.later(1);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aServiceThatWasFailedBackWaitsForItsCoolDown() {
        world.state = world.state.with(new ServiceSituation(new ServiceStatus(DecisionWorld.SERVICE, PRIMARY,
                FailoverTransition.State.ON_PRIMARY, world.now, 5), world.now));
        world.cluster(PRIMARY, ClusterState.FAILED).later(1_799);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("cool-down");
        world.later(1);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aVoteOfAVantageThatDoubtsItselfSinceDoesNotCount() {
        world.node("d1", NodeState.DOWN);
        world.tell(new DecisionInput.VantageChanged(new VantageTransition(PRIMARY, new Vantage("va", "z1"),
                VantageState.VOTING, VantageState.DOUBTED, world.now, 1, 0, "all fails", "r1"))).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).startsWith("votes: 1 of 3 vantages say so, 2 needed").contains("va");
    }

    @Test
    void votesOfOneZoneAloneAreNotEnough() {
        var down = DecisionWorld.transition("d1", NodeState.UP, NodeState.DOWN, world.now, 1_000);
        var sameZone = VOTES.stream().map(vote -> vote.vantage().equals("vc")
                ? vote
                : new Vote(vote.vantage(), "z1", vote.stand(), vote.streak())).toList();
        world.tell(new DecisionInput.NodeChanged(new NodeTransition(down.target(), down.from(),
                down.to(), down.at(), down.version(), down.previousVersion(), down.firstFailureAt(), down.cause(),
                down.reason(), sameZone, down.evidence(), "r1"))).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).contains("votes: 2 of 3", "from 1 zones, 2 needed");
    }

    @Test
    void whatComesLateIsNotActedOnUntilWhatMayFollowItHasCome() {
        var late = DecisionWorld.transition("d1", NodeState.UP, NodeState.DOWN, world.now, 1_000);
        world.now = world.now.plusSeconds(600);
        world.tell(new DecisionInput.NodeChanged(late)).laterUnjudged(4);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).startsWith("input-lag: health of primary is judged up to")
                .contains("600 s ago");
        world.later(1);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void nothingIsDoneOnThePictureOfAHealthThatStandsStill() {
        world.node("d1", NodeState.DOWN).later(30).laterUnjudged(35);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().verdict()).isEqualTo(Verdict.WAIT);
        assertThat(world.last().reason()).isEqualTo(
                "input-lag: health of primary is judged up to 2026-11-22T10:02:30Z, 35 s ago; 5 s allowed");
        world.node("d1", NodeState.UP).later(1);
        assertThat(world.requests).isEmpty();
    }

    @Test
    void healthMayBeFiveSecondsBehindAndNotMore() {
        world.node("d1", NodeState.DOWN).later(55).laterUnjudged(5);
        assertThat(world.requests).as("five").hasSize(1);
        var slower = with(safety());
        slower.node("d1", NodeState.DOWN).later(54).laterUnjudged(6);
        assertThat(slower.requests).as("six").isEmpty();
        slower.judgedUpTo(slower.now.minusSeconds(5));
        assertThat(slower.requests).as("judged at the next tick").isEmpty();
        slower.laterUnjudged(0);
        assertThat(slower.requests).hasSize(1);
    }

    @Test
    void oneClustersProgressSaysNothingOfAnother() {
        world.state = world.state.with(world.state.ledger().with(
                Progress.none(cluster -> cluster.equals(PRIMARY) ? 0 : 1)));
        world.later(60).cluster(PRIMARY, ClusterState.FAILED);
        assertThat(world.last().reason()).isEqualTo(
                "input-lag: not known up to when health of standby is judged");
        world.tell(new DecisionInput.HealthProgressed(new HealthProgress(1, world.now))).later(1);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void progressThatIsCopiedOnceMoreIsNoWayBack() {
        world.node("d1", NodeState.DOWN).later(59).judgedUpTo(T0).laterUnjudged(1);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void nothingIsReplacedWhileTheMastersHaveNoQuorum() {
        world.node("m1", NodeState.UNKNOWN).node("m2", NodeState.UNKNOWN).node("d1", NodeState.DOWN).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).isEqualTo("master-quorum: 1 of 3 voters up, 2 needed");
    }

    @Test
    void maintenanceOfTheNodeAloneStopsItsReplacement() {
        world.set(Intent.Kind.MAINTENANCE, "primary/d1").node("d1", NodeState.DOWN).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("maintenance");
    }

    @Test
    void aHeldStandbyIsNotFailedOverTo() {
        world.hold("standby").cluster(PRIMARY, ClusterState.FAILED).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("hold");
    }

    @Test
    void replacementsOfAClusterKeepApartUnlessTheFirstIsAcknowledged() {
        var blocked = with(safety().withBlockPeriod(Duration.ofMinutes(10)));
        replaceOne(blocked);
        blocked.node("d2", NodeState.DOWN).later(60);
        assertThat(blocked.requests).hasSize(1);
        assertThat(blocked.last().decidedBy()).isEqualTo("block");
        blocked.later(540);
        assertThat(blocked.requests).hasSize(2);

        var acknowledged = with(safety().withBlockPeriod(Duration.ofMinutes(10)));
        replaceOne(acknowledged);
        acknowledged.order(Order.Kind.ACKNOWLEDGE, acknowledged.requests.getFirst().incident())
                .node("d2", NodeState.DOWN).later(60);
        assertThat(acknowledged.requests).hasSize(2);
    }

    @Test
    void notMoreReplacementsInAnHourThanTheLimit() {
        var limited = with(safety().with(new SafetyPolicy.Limits(3, 1, 3, 1)));
        replaceOne(limited);
        limited.node("d2", NodeState.DOWN).later(600);
        assertThat(limited.requests).hasSize(1);
        assertThat(limited.last().reason()).startsWith("per-hour: 1 replacements in the last hour, at most 1");
        assertThat(limited.last().nextCheckAt())
                .isEqualTo(limited.requests.getFirst().issuedAt().plus(Duration.ofHours(1)));
        limited.later(3_000);
        assertThat(limited.requests).hasSize(2);
    }

    @Test
    void notMoreReplacementsAtOnceOverAllClustersThanTheLimit() {
        assertThat(inTwoClusters(new SafetyPolicy.Limits(1, 100, 100, 1), "z9").last().decidedBy())
                .isEqualTo("at-once");
        assertThat(inTwoClusters(new SafetyPolicy.Limits(100, 100, 1, 1), "z1").last().decidedBy())
                .isEqualTo("per-zone");
        assertThat(inTwoClusters(new SafetyPolicy.Limits(100, 100, 1, 1), "z9").requests).hasSize(2);
    }

    private static DecisionWorld inTwoClusters(SafetyPolicy.Limits limits, String zoneOfTheOther) {
        var limited = with(safety().with(limits));
        for (String name : new String[]{"e1", "e2", "e3", "e4", "e5"}) {
            limited.node(STANDBY, zoneOfTheOther, name, NodeState.UP);
        }
        limited.node("d1", NodeState.DOWN).later(60).node(STANDBY, zoneOfTheOther, "e1", NodeState.DOWN).later(60);
        return limited;
    }

    @Test
    void theFloorOfDataNodesStaysUp() {
        var limited = with(safety().with(new SafetyPolicy.Limits(3, 100, 3, 2)));
        limited.node("d1", NodeState.DOWN).later(600);
        assertThat(limited.requests).isEmpty();
        assertThat(limited.last().reason()).isEqualTo("floor: 1 other data nodes UP, 2 needed");
    }

    @Test
    void aLimitOfNoneIsRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new SafetyPolicy.Limits(0, 1, 1, 1))
                .hasMessageContaining("decision.limits.atOnce must be >= 1, was 0");
    }

    @Test
    void dryRunCountsWhatItWouldHaveDoneHereUntilItIsArmed() {
        var dry = new DecisionWorld(false);
        dry.node("d1", NodeState.DOWN).later(60).hold("primary").release("primary");
        assertThat(dry.last().verdict()).isEqualTo(Verdict.DRY_RUN);
        assertThat(dry.last().reason()).contains("would have acted 1 times here");
        dry.node("d1", NodeState.UP).node("d2", NodeState.DOWN).later(60);
        assertThat(dry.last().reason()).contains("would have acted 2 times here", "evenkeel arm primary replace");
        dry.set(Intent.Kind.ARM, "primary/fail-over").later(1);
        assertThat(dry.requests).as("armed for something else").isEmpty();
        dry.set(Intent.Kind.ARM, "primary/replace");
        assertThat(dry.requests).hasSize(1);
    }
}
