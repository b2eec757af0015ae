package io.evenkeel.core.health;

import static io.evenkeel.core.health.HealthWorld.CLUSTER;
import static io.evenkeel.core.health.HealthWorld.DEAD;
import static io.evenkeel.core.health.HealthWorld.FINE;
import static io.evenkeel.core.health.HealthWorld.MASTERLESS;
import static io.evenkeel.core.health.HealthWorld.RED;
import static io.evenkeel.core.health.HealthWorld.VANTAGES;
import static io.evenkeel.core.health.HealthWorld.data;
import static io.evenkeel.core.health.HealthWorld.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterHealthTest {

    private final HealthWorld world = new HealthWorld();

    @Test
    void aNodeIsUpOnceAQuorumSawItTwice() {
        world.expect(data("d1")).round("d1", true);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.JOINING);
        world.round("d1", true);
        assertThat(world.nodes).singleElement().satisfies(up -> {
            assertThat(up.from()).isEqualTo(NodeState.JOINING);
            assertThat(up.to()).isEqualTo(NodeState.UP);
            assertThat(up.policyRevision()).isEqualTo("r1");
        });
    }

    @Test
    void threeFailuresFromAQuorumMakeANodeDownAndTwoDoNot() {
        world.expect(data("d1")).rounds(2, "d1", true).rounds(2, "d1", false);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
        var firstFailure = world.now.minusSeconds(30).minusMillis(5);
        world.round("d1", false);
        assertThat(world.nodes.getLast()).satisfies(down -> {
            assertThat(down.to()).isEqualTo(NodeState.DOWN);
            assertThat(down.firstFailureAt()).isEqualTo(firstFailure);
            assertThat(down.evidence()).hasSizeLessThanOrEqualTo(20).anyMatch(evidence -> !evidence.healthy());
            assertThat(down.reason()).contains("2 of 3 vantages DOWN", "CONNECT_REFUSED");
        });
    }

    @Test
    void oneVantageAloneMakesANodeSuspectNeverDown() {
        world.expect(data("d1")).rounds(2, "d1", true);
        for (int i = 0; i < 10; i++) {
            world.now = world.now.plusSeconds(30);
            world.probed(VANTAGES.get(0), "d1", false).probed(VANTAGES.get(1), "d1", true)
                    .probed(VANTAGES.get(2), "d1", true);
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
    }

    @Test
    void aSuccessInBetweenStartsTheCountAnew() {
        world.expect(data("d1")).rounds(2, "d1", true).rounds(2, "d1", false).round("d1", true).rounds(2, "d1", false);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
    }

    @Test
    void repeatedResultsCountOnce() {
        world.expect(data("d1")).rounds(2, "d1", true).rounds(2, "d1", false);
        for (var vantage : VANTAGES) {
            world.tell(new HealthInput.Probed(HealthWorld.result(vantage, "d1", "i-1", false, 4)));
            world.tell(new HealthInput.Probed(HealthWorld.result(vantage, "d1", "i-1", false, 4)));
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
    }

    @Test
    void resultsOfAnotherIncarnationOrAStrangerDoNotCount() {
        world.expect(data("d1")).rounds(2, "d1", true);
        var stranger = new io.evenkeel.core.cluster.Vantage("stranger", "z9");
        for (int i = 0; i < 5; i++) {
            world.probed(stranger, "d1", false);
            world.tell(new HealthInput.Probed(HealthWorld.result(VANTAGES.get(0), "d1", "i-0", false, 100 + i)));
            world.tell(new HealthInput.Probed(HealthWorld.result(VANTAGES.get(1), "d1", "i-0", false, 100 + i)));
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UP);
    }

    @Test
    void aNodeThatComesBackRecoversAndIsUpOnlyAfterTheMinimumHealthyTime() {
        world.expect(data("d1")).rounds(2, "d1", true).rounds(3, "d1", false);
        world.round("d1", true);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.RECOVERING);
        world.now = world.now.plusSeconds(2);
        VANTAGES.forEach(vantage -> world.probed(vantage, "d1", true));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.RECOVERING);
        world.tick(Duration.ofSeconds(10));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UP);
    }

    @Test
    void silenceIsUnknownNeverHealthy() {
        world.expect(data("d1")).rounds(2, "d1", true).tick(Duration.ofSeconds(99));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UP);
        world.tick(Duration.ofSeconds(2));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UNKNOWN);
    }

    @Test
    void fewerVantagesThanAQuorumNeverMakeANodeDown() {
        world.expect(data("d1")).rounds(2, "d1", true);
        for (int i = 0; i < 10; i++) {
            world.now = world.now.plusSeconds(30);
            world.probed(VANTAGES.get(0), "d1", false);
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
        assertThat(world.nodes.getLast().reason()).contains("vantages");
    }

    @Test
    void aRetiringNodeIsNoFailure() {
        world.expect(data("d1")).rounds(2, "d1", true).expect(target("d1", "i-1", Set.of("data"), Phase.RETIRING))
                .rounds(5, "d1", false);
        assertThat(world.nodes).extracting(NodeTransition::to).containsExactly(NodeState.UP, NodeState.DRAINING);
        world.expect(target("d1", "i-1", Set.of("data"), Phase.RETIRED));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.RETIRED);
        world.tell(new HealthInput.NodeForgotten(new NodeId(CLUSTER, "d1")));
        assertThat(world.state.nodes()).isEmpty();
    }

    @Test
    void aNewIncarnationStartsInJoiningAndItsVersionsGoOn() {
        world.expect(data("d1")).rounds(2, "d1", true);
        long version = world.nodes.getLast().version();
        world.expect(target("d1", "i-2", Set.of("data"), Phase.EXPECTED));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.JOINING);
        for (int i = 0; i < 2; i++) {
            world.now = world.now.plusSeconds(30);
            for (var vantage : VANTAGES) {
                world.tell(new HealthInput.Probed(HealthWorld.result(vantage, "d1", "i-2", true, 50 + i)));
            }
        }
        assertThat(world.nodes.getLast().previousVersion()).isEqualTo(version);
    }

    @Test
    void failuresDuringTheStartUpGraceDoNotCount() {
        world.expect(data("d1")).rounds(9, "d1", false);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.JOINING);
        world.rounds(2, "d1", false);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.DOWN);
    }

    @Test
    void aClusterThatNobodyCanUseIsFailed() {
        world.clusterRounds(2, FINE).clusterRounds(3, DEAD);
        assertThat(world.clusters).extracting(ClusterTransition::to).containsExactly(ClusterState.HEALTHY,
                ClusterState.FAILED);
    }

    /** Seed 11 of the simulator: a failover was asked for in the minute in which the cluster worked again. */
    @Test
    void aFailedClusterThatWorksAgainIsDegradedUntilItWasInOrderForLong() {
        var slow = provedAfter(Duration.ofSeconds(60));
        slow.clusterRounds(2, FINE).clusterRounds(3, DEAD).clusterRounds(1, FINE);
        assertThat(states(slow)).containsExactly(ClusterState.HEALTHY, ClusterState.FAILED);
        slow.clusterRounds(1, FINE);
        assertThat(states(slow)).last().isEqualTo(ClusterState.DEGRADED);
        slow.tick(Duration.ofSeconds(29));
        assertThat(states(slow)).last().isEqualTo(ClusterState.DEGRADED);
        slow.tick(Duration.ofSeconds(1));
        assertThat(states(slow)).containsExactly(ClusterState.HEALTHY, ClusterState.FAILED, ClusterState.DEGRADED,
                ClusterState.HEALTHY);
    }

    /** A failover that waits must not be asked for on the word of who has changed it. */
    @Test
    void aFailedClusterIsUnknownOnceVantagesDisagreeForLongerThanARecoveryTakes() {
        var other = provedAfter(Duration.ofMinutes(5));
        var cutOff = VANTAGES.getFirst();
        var silent = VANTAGES.getLast();
        other.clusterRounds(2, FINE).clusterRounds(3, DEAD);
        for (int i = 0; i < 4; i++) {
            assertThat(states(other)).containsExactly(ClusterState.HEALTHY, ClusterState.FAILED);
            other.now = other.now.plusSeconds(30);
            VANTAGES.stream().filter(vantage -> !vantage.equals(silent)).forEach(
                    vantage -> other.clusterProbed(vantage, vantage.equals(cutOff) ? DEAD : FINE));
        }
        assertThat(states(other)).containsExactly(ClusterState.HEALTHY, ClusterState.FAILED, ClusterState.UNKNOWN);
        assertThat(other.clusters.getLast().reason()).contains("disagree");
        other.clusterRounds(2, FINE);
        assertThat(states(other)).last().isEqualTo(ClusterState.DEGRADED);
        assertThat(other.clusters.getLast().firstFailureAt()).isEqualTo(other.clusters.get(1).firstFailureAt());
    }

    @Test
    void aClusterThatWorksAgainIsStillTheSameIncident() {
        var slow = provedAfter(Duration.ofSeconds(60));
        slow.clusterRounds(2, FINE).clusterRounds(3, DEAD).clusterRounds(2, FINE);
        assertThat(slow.clusters.getLast().firstFailureAt()).isEqualTo(slow.clusters.get(1).firstFailureAt());
    }

    @Test
    void aFailedClusterThatIsRedNowMustWorkAsOftenAsOneThatIsGreen() {
        var slow = provedAfter(Duration.ofSeconds(60));
        slow.clusterRounds(2, FINE).clusterRounds(3, DEAD).clusterRounds(1, RED);
        assertThat(states(slow)).last().isEqualTo(ClusterState.FAILED);
        slow.clusterRounds(1, RED);
        assertThat(states(slow)).last().isEqualTo(ClusterState.DEGRADED);
        slow.clusterRounds(2, FINE);
        assertThat(states(slow)).last().isEqualTo(ClusterState.DEGRADED);
        slow.clusterRounds(1, FINE);
        assertThat(states(slow)).last().isEqualTo(ClusterState.HEALTHY);
    }

    @Test
    void aClusterWithAMasterAgainIsDegradedUntilItWasInOrderForLong() {
        var slow = provedAfter(Duration.ofSeconds(60));
        slow.clusterRounds(2, FINE).clusterRounds(3, MASTERLESS).clusterRounds(1, FINE);
        assertThat(states(slow)).last().isEqualTo(ClusterState.QUORUM_LOST);
        slow.clusterRounds(1, FINE);
        assertThat(states(slow)).last().isEqualTo(ClusterState.DEGRADED);
        slow.clusterRounds(1, FINE);
        assertThat(states(slow)).last().isEqualTo(ClusterState.HEALTHY);
    }

    @Test
    void silenceDoesNotProveAClusterThatHadFailed() {
        var slow = provedAfter(Duration.ofSeconds(60));
        slow.clusterRounds(2, FINE).clusterRounds(3, DEAD).tick(Duration.ofSeconds(101)).clusterRounds(2, FINE);
        assertThat(states(slow)).last().isEqualTo(ClusterState.DEGRADED);
        slow.clusterRounds(1, FINE);
        assertThat(states(slow)).last().isEqualTo(ClusterState.HEALTHY);
    }

    @Test
    void aClusterThatComesAndGoesMakesNoStormOfTransitions() {
        var slow = provedAfter(Duration.ofSeconds(90));
        slow.clusterRounds(2, FINE).clusterRounds(3, DEAD);
        for (int i = 0; i < 20; i++) {
            slow.clusterRounds(1, FINE).clusterRounds(1, DEAD);
        }
        assertThat(slow.clusters).hasSize(2);
        for (int i = 0; i < 20; i++) {
            slow.clusterRounds(2, FINE).clusterRounds(2, DEAD);
        }
        assertThat(states(slow)).containsExactly(ClusterState.HEALTHY, ClusterState.FAILED, ClusterState.DEGRADED);
    }

    private static List<ClusterState> states(HealthWorld world) {
        return world.clusters.stream().map(ClusterTransition::to).toList();
    }

    static HealthWorld provedAfter(Duration minimumHealthy) {
        var usual = HealthWorld.policy(HealthDefaults.classes(3));
        return new HealthWorld(new HealthPolicy(usual.revision(), usual.nodes(),
                new ClusterPolicy(3, 2, minimumHealthy), usual.staleAfter(), usual.maxLateness()));
    }

    @Test
    void aRedClusterWhoseCanaryWorksIsDegradedNeverFailed() {
        world.clusterRounds(2, FINE).clusterRounds(20, RED);
        assertThat(world.clusters).extracting(ClusterTransition::to).containsExactly(ClusterState.HEALTHY,
                ClusterState.DEGRADED);
    }

    @Test
    void aClusterWithoutAMasterHasLostItsQuorumAndSaysTheArithmetic() {
        for (String master : List.of("m1", "m2", "m3")) {
            world.expect(target(master, "i-1", Set.of("master"), Phase.EXPECTED));
        }
        everybodyProbes(true, true, true);
        everybodyProbes(true, true, true);
        world.clusterRounds(2, FINE);
        everybodyProbes(false, false, true);
        world.clusterRounds(3, MASTERLESS);
        assertThat(world.clusters.getLast().to()).isEqualTo(ClusterState.QUORUM_LOST);
        assertThat(world.clusters.getLast().voters()).isEqualTo(new Voters(3, 1, 2));
        assertThat(world.clusters.getLast().reason()).contains("1 of 3 voters up, 2 needed");
    }

    private void everybodyProbes(boolean first, boolean second, boolean third) {
        world.now = world.now.plusSeconds(1);
        for (var vantage : VANTAGES) {
            world.probed(vantage, "m1", first).probed(vantage, "m2", second).probed(vantage, "m3", third);
        }
    }

    @Test
    void anUnprovenCanaryIsNeitherHealthyNorFailed() {
        var unproven = new ClusterView(3, 3, ClusterView.Canary.UNPROVEN, ClusterView.Colour.GREEN,
                ClusterView.Master.SEEN, "index_not_found");
        world.clusterRounds(5, unproven);
        assertThat(world.clusters).extracting(ClusterTransition::to).containsExactly(ClusterState.DEGRADED);
    }

    @Test
    void aClusterThatNobodyReportsOnIsUnknown() {
        world.clusterRounds(2, FINE).tick(Duration.ofSeconds(101));
        assertThat(world.clusters.getLast().to()).isEqualTo(ClusterState.UNKNOWN);
    }

    @Test
    void nextCheckIsWhenSilenceWouldBegin() {
        world.expect(data("d1")).rounds(2, "d1", true);
        var step = world.state.apply(world.policy, new HealthInput.Ticked(), Moment.of(world.now));
        assertThat(step.nextCheck()).isAfter(world.now).isBeforeOrEqualTo(world.now.plusSeconds(101));
    }
}
