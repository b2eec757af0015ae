package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.DecisionWorld.PRIMARY;
import static io.evenkeel.core.decision.DecisionWorld.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import org.junit.jupiter.api.Test;

class DecisionRulesTest {

    private final DecisionWorld world = new DecisionWorld(true);

    @Test
    void aDataNodeThatStaysDownIsReplacedAfterActAfterAndNotBefore() {
        world.node("d1", NodeState.DOWN).later(59);
        assertThat(world.requests).isEmpty();
        assertThat(world.last()).satisfies(decision -> {
            assertThat(decision.verdict()).isEqualTo(Verdict.WAIT);
            assertThat(decision.reason()).startsWith("act-after");
        });
        world.later(1);
        assertThat(world.requests).singleElement().satisfies(request -> {
            assertThat(request.command())
                    .isInstanceOfSatisfying(Command.ReplaceInstance.class, replace -> {
                        assertThat(replace.instanceId()).isEqualTo("i-d1");
                        assertThat(replace.autoScalingGroup()).isEqualTo("data-group");
                    });
            assertThat(request.expiresAt()).isEqualTo(world.now.plusSeconds(300));
        });
        assertThat(world.last().verdict()).isEqualTo(Verdict.ACT);
        assertThat(world.last().requestId()).isEqualTo(world.requests.getFirst().id());
    }

    @Test
    void aServiceThatRestartsWithin20SecondsIsNotReplacedHoweverSurelyItWasDown() {
        world.node("d1", NodeState.DOWN).later(20).node("d1", NodeState.RECOVERING).later(60)
                .node("d1", NodeState.UP).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.decisions).isNotEmpty()
                .noneMatch(decision -> decision.verdict() == Verdict.ACT);
    }

    @Test
    void aMasterEligibleNodeIsNeverReplaced() {
        world.node("m1", NodeState.DOWN).later(10_000);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(world.last().reason()).contains("master-eligible", "2 of 3 voters up, 2 needed");
    }

    @Test
    void nothingIsReplacedWhileAnotherDataNodeIsNotUp() {
        world.node("d1", NodeState.DOWN).node("d2", NodeState.SUSPECT).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).startsWith("other-data-nodes");
        world.node("d2", NodeState.UP);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void nothingIsReplacedInAFailedOrUnknownCluster() {
        world.node("d1", NodeState.DOWN).cluster(PRIMARY, ClusterState.UNKNOWN).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).startsWith("cluster-state");
        world.cluster(PRIMARY, ClusterState.DEGRADED);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void oneReplacementIsInFlightUntilTheClusterHasItsDataNodesAgain() {
        world.node("d3", NodeState.UP).node("d1", NodeState.DOWN).later(60);
        world.outcome(world.requests.getFirst(), Status.SUCCEEDED).node("d1", NodeState.RETIRED);
        world.node("d2", NodeState.DOWN).later(60);
        assertThat(world.requests).hasSize(1);
        assertThat(world.last().reason()).contains("in-flight", "under way");
        world.node("d4", NodeState.UP);
        assertThat(world.requests).hasSize(1);
        world.node("d5", NodeState.UP);
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void aReplacementIsOverWhenAsManyDataNodesAreUpAsBefore() {
        world.node("d1", NodeState.DOWN).later(60);
        world.outcome(world.requests.getFirst(), Status.SUCCEEDED).node("d1", NodeState.RETIRED);
        world.node("d3", NodeState.UP).node("d4", NodeState.UP).node("d4", NodeState.RETIRED).later(60);
        assertThat(world.state.inFlight()).as("two data nodes are up again").isEmpty();
    }

    @Test
    void anOverdueReplacementBlocksUntilAPersonHasHeldAndReleased() {
        world.node("d1", NodeState.DOWN).later(60);
        world.outcome(world.requests.getFirst(), Status.SUCCEEDED).node("d1", NodeState.RETIRED).later(15 * 60);
        world.node("d2", NodeState.DOWN).node("d3", NodeState.UP).later(60);
        assertThat(world.requests).hasSize(1);
        assertThat(world.last().reason()).contains("in-flight", "overdue");
        world.hold("primary").release("primary");
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void aHeldClusterIsLeftAloneAndJudgedAgainAfterRelease() {
        world.hold("primary").node("d1", NodeState.DOWN).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().verdict()).isEqualTo(Verdict.WAIT);
        assertThat(world.last().reason()).contains("hold", "alex", "deploy");
        world.release("primary");
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aHoldEndsByItself() {
        world.hold("*").node("d1", NodeState.DOWN).later(3_599);
        assertThat(world.requests).isEmpty();
        world.later(1);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void unarmedEverythingIsRecordedAndNothingAskedFor() {
        var dry = new DecisionWorld(false);
        dry.node("d1", NodeState.DOWN).later(60).later(60);
        assertThat(dry.requests).isEmpty();
        assertThat(dry.decisions).filteredOn(decision -> decision.verdict() == Verdict.DRY_RUN).hasSize(1);
        dry.cluster(PRIMARY, ClusterState.FAILED).later(60);
        assertThat(dry.requests).isEmpty();
        assertThat(dry.moves).hasSize(1);
    }

    @Test
    void aNodeThatComesBackInTimeIsNotReplaced() {
        world.node("d1", NodeState.DOWN).later(30).node("d1", NodeState.RECOVERING).node("d1", NodeState.UP).later(60);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().verdict()).isEqualTo(Verdict.CLOSED);
    }

    @Test
    void aNodeThatIsDownAgainBeforeItWasWellIsStillTheSameFault() {
        world.node("d1", NodeState.DOWN).later(30).node("d1", NodeState.UNKNOWN).later(10).node("d1", NodeState.DOWN);
        assertThat(world.decisions).extracting(Decision::verdict).doesNotContain(Verdict.CLOSED);
        assertThat(world.requests).isEmpty();
        world.later(20);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aFailedClusterFailsOverOnceAndLatches() {
        world.cluster(PRIMARY, ClusterState.FAILED);
        assertThat(world.requests).singleElement()
                .satisfies(request -> assertThat(request.command()).isInstanceOfSatisfying(Command.FailOver.class,
                        failOver -> assertThat(failOver.to()).isEqualTo(STANDBY)));
        assertThat(world.moves.getLast().state()).isEqualTo(FailoverTransition.State.FAILING_OVER);
        assertThat(world.moves.getLast().active()).isEqualTo(PRIMARY);
        world.outcome(world.requests.getFirst(), Status.SUCCEEDED);
        assertThat(world.moves.getLast().state()).isEqualTo(FailoverTransition.State.FAILED_OVER);
        assertThat(world.moves.getLast().active()).isEqualTo(STANDBY);
        world.cluster(PRIMARY, ClusterState.HEALTHY).later(10_000).cluster(PRIMARY, ClusterState.FAILED).later(10_000);
        assertThat(world.requests).hasSize(1);
        assertThat(world.last().reason()).contains("active on standby");
    }

    @Test
    void aServiceThatFailedOverIsNotMovedByTheFailureOfItsStandby() {
        world.cluster(PRIMARY, ClusterState.FAILED).later(60).outcome(world.requests.getFirst(), Status.SUCCEEDED);
        world.cluster(PRIMARY, ClusterState.HEALTHY).later(10_000).cluster(STANDBY, ClusterState.FAILED).later(10_000);
        assertThat(world.requests).hasSize(1);
        assertThat(world.last().decidedBy()).isEqualTo("latch");
        assertThat(world.last().reason()).contains("already failed over", "until a person fails it back");
    }

    @Test
    void aStandbyThatHasNotProvedItselfGetsNoTraffic() {
        world.cluster(STANDBY, ClusterState.DEGRADED).cluster(PRIMARY, ClusterState.FAILED).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).startsWith("standby");
        world.cluster(STANDBY, ClusterState.HEALTHY).later(59);
        assertThat(world.requests).isEmpty();
        world.later(1);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aLostMasterQuorumDoesNotFailOverByDefault() {
        world.cluster(PRIMARY, ClusterState.QUORUM_LOST).later(10_000);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(world.last().reason()).contains("3 of 3 voters up, 2 needed");
    }

    @Test
    void aFailedAttemptIsRepeatedAfterAWhileAndNotForEver() {
        world.cluster(PRIMARY, ClusterState.FAILED);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(world.requests).hasSize(attempt);
            world.outcome(world.requests.getLast(), Status.FAILED).later(29);
            assertThat(world.requests).hasSize(attempt);
            world.later(1);
        }
        assertThat(world.requests).hasSize(3).doesNotHaveDuplicates();
        assertThat(world.last().reason()).contains("a person is needed");
        assertThat(world.moves.getLast().state()).isEqualTo(FailoverTransition.State.ON_PRIMARY);
    }

    @Test
    void aRefusedAttemptUsesUpNothingAndIsRepeatedLaterEachTime() {
        world.cluster(PRIMARY, ClusterState.FAILED);
        int pause = 30;
        for (int attempt = 1; attempt <= 6; attempt++) {
            assertThat(world.requests).hasSize(attempt);
            world.outcome(world.requests.getLast(), Status.REFUSED).later(pause - 1);
            assertThat(world.requests).hasSize(attempt);
            world.later(1);
            pause = Math.min(pause * 2, 16 * 60);
        }
        assertThat(world.requests).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void anUnknownEffectBlocksUntilAPersonHasHeldAndReleased() {
        world.cluster(PRIMARY, ClusterState.FAILED);
        world.outcome(world.requests.getFirst(), Status.UNKNOWN_EFFECT).later(15 * 60);
        assertThat(world.requests).hasSize(1);
        assertThat(world.moves.getLast().state()).isEqualTo(FailoverTransition.State.FAILING_OVER);
        world.hold("search").release("search");
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void aTransitionThatIsReadTwiceChangesNothing() {
        world.node("d1", NodeState.DOWN);
        var before = world.state;
        world.tell(new DecisionInput.NodeChanged(DecisionWorld.transition("d1", NodeState.UP, NodeState.DOWN,
                world.now, java.util.Objects.requireNonNull(before.cluster(PRIMARY).nodes().get("d1")).version())));
        assertThat(world.state).isEqualTo(before);
    }

    @Test
    void aFailureOfAClusterThatNoServiceUsesIsRecorded() {
        world.cluster(new io.evenkeel.core.cluster.ClusterId("other"), ClusterState.FAILED);
        assertThat(world.last().verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(world.last().reason()).contains("no service uses");
    }
}
