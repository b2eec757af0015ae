package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.DecisionWorld.POLICY;
import static io.evenkeel.core.decision.DecisionWorld.PRIMARY;
import static io.evenkeel.core.decision.DecisionWorld.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.Voters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stops actions of many at once: storms, failing zones, the brake, rules that throw. */
class FreezesTest {

    private final DecisionWorld world = new DecisionWorld(true);

    private List<Decision> told(Action action) {
        return world.decisions.stream().filter(decision -> decision.action() == action).toList();
    }

    @Test
    void aStormFreezesReplacementsUntilTenMinutesAfterItIsOver() {
        world.node("d1", NodeState.DOWN).node("d2", NodeState.DOWN).later(3_600);
        assertThat(world.requests).isEmpty();
        assertThat(told(Action.FREEZE)).singleElement().satisfies(storm -> {
            assertThat(storm.subject()).isEqualTo("primary/*");
            assertThat(storm.verdict()).isEqualTo(Verdict.ACT);
            assertThat(storm.reason()).contains("2 of 5 nodes");
        });
        world.node("d2", NodeState.UP).later(599);
        assertThat(world.requests).isEmpty();
        assertThat(world.decisions).filteredOn(decision -> decision.subject().equals("primary/d1")).last()
                .satisfies(waits -> assertThat(waits.decidedBy()).isEqualTo("storm"));
        world.later(1);
        assertThat(world.requests).hasSize(1);
        assertThat(told(Action.FREEZE).getLast().verdict()).isEqualTo(Verdict.CLOSED);
    }

    @Test
    void acknowledgingAStormEndsItAtOnce() {
        world.node("d1", NodeState.DOWN).node("d2", NodeState.DOWN).later(60).node("d2", NodeState.UP);
        assertThat(world.requests).isEmpty();
        world.order(Order.Kind.ACKNOWLEDGE, told(Action.FREEZE).getFirst().incident());
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aStormThatGrowsAfterItWasAcknowledgedIsANewOne() {
        world.node("d1", NodeState.DOWN).node("d2", NodeState.DOWN).later(10);
        world.order(Order.Kind.ACKNOWLEDGE, told(Action.FREEZE).getFirst().incident()).later(10);
        world.node("m1", NodeState.DOWN);
        assertThat(told(Action.FREEZE)).extracting(Decision::verdict).containsExactly(Verdict.ACT, Verdict.CLOSED,
                Verdict.ACT);
    }

    @Test
    void nodesThatFailOneAfterTheOtherOverHoursAreNoStorm() {
        world.node("d1", NodeState.DOWN).later(3_600).node("d2", NodeState.DOWN);
        assertThat(told(Action.FREEZE)).isEmpty();
    }

    private void threeZones() {
        for (int i = 1; i <= 3; i++) {
            for (String zone : List.of("za", "zb", "zc")) {
                world.node(STANDBY, zone, zone + i, NodeState.UP);
            }
        }
    }

    @Test
    void aZoneThatFailsIsOneDecisionAndNoReplacements() {
        threeZones();
        world.node(STANDBY, "za", "za1", NodeState.DOWN).node(STANDBY, "za", "za2", NodeState.DOWN).later(7_200);
        assertThat(told(Action.ZONAL_SHIFT)).singleElement().satisfies(zone -> {
            assertThat(zone.subject()).isEqualTo("*/zone/za");
            assertThat(zone.verdict()).isEqualTo(Verdict.DRY_RUN);
            assertThat(zone.reason()).contains("zone impaired: 2 of 3 nodes");
        });
        assertThat(world.requests).isEmpty();
        assertThat(world.decisions).filteredOn(decision -> decision.subject().startsWith("standby/za"))
                .isNotEmpty().last().satisfies(refused -> {
                    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSE);
                    assertThat(refused.reason()).startsWith("zone: zone impaired");
                });
        world.node(STANDBY, "za", "za2", NodeState.UP).later(600);
        assertThat(told(Action.ZONAL_SHIFT).getLast().verdict()).isEqualTo(Verdict.CLOSED);
        assertThat(world.requests).as("the one that is still DOWN is judged again").hasSize(1);
    }

    @Test
    void whatFailsElsewhereAsWellIsNoFailureOfAZone() {
        threeZones();
        world.node("d1", NodeState.DOWN);
        for (String node : List.of("zb1", "zc1", "za1", "za2")) {
            world.node(STANDBY, node.substring(0, 2), node, NodeState.DOWN);
        }
        assertThat(told(Action.ZONAL_SHIFT)).as("3 of the 11 others are bad as well").isEmpty();
    }

    private DecisionWorld braked() {
        var braked = new DecisionWorld(POLICY.withArmed(true).with(POLICY.safety()
                .with(new SafetyPolicy.Limits(100, 100, 100, 1))
                .with(new SafetyPolicy.Brake(1, Duration.ofMinutes(10)))));
        for (String name : List.of("e1", "e2", "e3", "e4", "e5")) {
            braked.node(STANDBY, "z9", name, NodeState.UP);
        }
        return braked.node("d1", NodeState.DOWN).later(60).node(STANDBY, "z9", "e1", NodeState.DOWN).later(60);
    }

    @Test
    void theBrakeTripsItselfAndStopsEverythingUntilANamedPersonReleasesIt() {
        var braked = braked();
        assertThat(braked.requests).hasSize(1);
        assertThat(braked.raised).singleElement().satisfies(brake -> {
            assertThat(brake.key()).isEqualTo("brake/*");
            assertThat(brake.by()).isEqualTo(Intent.ITSELF);
            assertThat(brake.activeAt(Instant.MAX.minusSeconds(1))).isTrue();
        });
        braked.later(100_000);
        braked.tell(new DecisionInput.IntentReleased("brake/*")).later(1);
        assertThat(braked.requests).as("a tombstone names nobody").hasSize(1);
        assertThat(braked.last().decidedBy()).isEqualTo("brake");
        braked.tell(new DecisionInput.IntentSet(Intent.brakeRelease("ann", "looked", braked.now)));
        assertThat(braked.requests).hasSize(2);
        assertThat(braked.decisions).anyMatch(decision -> decision.verdict() == Verdict.CLOSED
                && decision.reason().equals("brake released by ann: looked"));
    }

    @Test
    void theBrakeCountsAnewAfterItsRelease() {
        var braked = braked();
        braked.tell(new DecisionInput.IntentSet(Intent.brakeRelease("ann", "looked", braked.now)));
        assertThat(braked.requests).hasSize(2);
        braked.cluster(PRIMARY, ClusterState.FAILED).later(1);
        assertThat(braked.raised).as("the second since its release").hasSize(2);
    }

    @Test
    void nobodyReleasesABrakeWithoutAName() {
        assertThatThrownBy(() -> Intent.brakeRelease(" ", "", world.now)).hasMessageContaining("who it is");
        assertThatThrownBy(() -> Intent.brakeRelease(Intent.ITSELF, "", world.now)).hasMessageContaining("who it is");
    }

    @Test
    void attemptsAtOneIncidentAreOneForTheBrake() {
        var retried = new DecisionWorld(POLICY.withArmed(true)
                .with(POLICY.safety().with(new SafetyPolicy.Brake(1, Duration.ofMinutes(10)))));
        retried.cluster(PRIMARY, ClusterState.FAILED);
        for (int attempt = 1; attempt <= 2; attempt++) {
            retried.outcome(retried.requests.getLast(), io.evenkeel.core.action.ActionOutcome.Status.FAILED).later(30);
        }
        assertThat(retried.requests).hasSize(3);
        assertThat(retried.raised).isEmpty();
    }

    @Test
    void aRuleThatThrowsIsolatesItsClusterAndTheOthersGoOn() {
        for (String name : List.of("e1", "e2", "e3", "e4", "e5")) {
            world.node(STANDBY, "z9", name, NodeState.UP);
        }
        world.downSince("d1", Instant.MAX);
        assertThat(told(Action.FREEZE)).singleElement().satisfies(isolated -> {
            assertThat(isolated.subject()).isEqualTo("primary/*/rule-error");
            assertThat(isolated.reason()).contains("a rule threw for primary");
        });
        world.later(1).later(1);
        assertThat(told(Action.FREEZE)).as("told once").hasSize(1);
        assertThat(world.last().decidedBy()).isEqualTo("rule-error");
        world.node(STANDBY, "z9", "e1", NodeState.DOWN).later(60);
        assertThat(world.requests).as("of the other cluster").hasSize(1);
        world.node("d1", NodeState.UP).node("d2", NodeState.DOWN).later(60);
        assertThat(world.requests).as("isolated, whatever it was").hasSize(1);
        world.release("primary").later(60);
        assertThat(world.requests).hasSize(2);
        assertThat(told(Action.FREEZE).getLast().verdict()).isEqualTo(Verdict.CLOSED);
    }

    @Test
    void nothingIsFailedOverToAClusterForWhichARuleThrew() {
        world.tell(new DecisionInput.RuleFailed(STANDBY, "java.lang.ArithmeticException"))
                .cluster(PRIMARY, ClusterState.FAILED).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("rule-error");
    }

    @Test
    void aClusterForWhichARuleOfHealthThrewIsLeftAloneUntilItIsReleased() {
        var thrown = ruleError(8);
        world.node("d1", NodeState.DOWN).tell(thrown).later(60);
        assertThat(told(Action.FREEZE)).singleElement().satisfies(isolated -> {
            assertThat(isolated.subject()).isEqualTo("primary/*/rule-error");
            assertThat(isolated.reason()).contains("a rule threw for primary").contains("NullPointerException");
        });
        world.cluster(PRIMARY, ClusterState.HEALTHY).later(60);
        assertThat(world.requests).as("well again, but nobody has looked").isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("rule-error");
        world.release("primary").tell(thrown).later(1);
        assertThat(world.requests).as("the repeat of what is known isolates nobody").hasSize(1);
    }

    private DecisionInput ruleError(long version) {
        return new DecisionInput.ClusterChanged(new ClusterTransition(PRIMARY, ClusterState.HEALTHY,
                ClusterState.UNKNOWN, world.now, version, version - 1, world.now, "a rule threw", Voters.of(0, 0),
                List.of(), List.of(), "r1", "NullPointerException"));
    }
}
