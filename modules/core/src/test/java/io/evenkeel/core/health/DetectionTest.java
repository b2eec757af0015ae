package io.evenkeel.core.health;

import static io.evenkeel.core.health.HealthWorld.VANTAGES;
import static io.evenkeel.core.health.HealthWorld.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Classes of failures, confirmation, other evidence, doubt, flapping, gaps. */
class DetectionTest {

    private static final Outcome REFUSED = new Outcome.Failure(FailureReason.CONNECT_REFUSED, "");
    private static final Outcome TIMED_OUT = new Outcome.Failure(FailureReason.READ_TIMEOUT, "");
    private static final Outcome OVERLOADED = new Outcome.Failure(FailureReason.OVERLOADED, "429");

    private final HealthWorld world = new HealthWorld();

    private void round(Purpose purpose, Outcome outcome, Duration later) {
        round(VANTAGES, purpose, outcome, later, "", Duration.ZERO);
    }

    private void round(List<Vantage> vantages, Purpose purpose, Outcome outcome, Duration later, String doubt,
            Duration lateness) {
        world.now = world.now.plus(later);
        vantages.forEach(vantage -> world.probed(vantage, "d1", purpose, outcome, doubt, lateness));
    }

    private void up() {
        world.expect(data("d1")).rounds(2, "d1", true);
    }

    @Test
    void threeRefusedConfirmationsAreDownAtOnceAndSayThatTheyAreConfirmed() {
        up();
        for (int i = 0; i < 2; i++) {
            round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(250));
            assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
        }
        round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(250));
        assertThat(world.nodes.getLast()).satisfies(down -> {
            assertThat(down.to()).isEqualTo(NodeState.DOWN);
            assertThat(down.cause()).isEqualTo(
                    new Cause(List.of(FailureReason.CONNECT_REFUSED), true, Consequence.REPLACE));
            assertThat(down.votes()).extracting(Vote::stand).contains(Vote.Stand.CONFIRMED_DOWN);
        });
    }

    @Test
    void confirmationsThatTimeOutLeaveTheSlowThresholdInForce() {
        up();
        for (int i = 0; i < 10; i++) {
            round(Purpose.CONFIRMATION, TIMED_OUT, Duration.ofSeconds(1));
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
        for (int i = 0; i < 3; i++) {
            round(Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30));
        }
        assertThat(world.nodes.getLast().to()).isEqualTo(NodeState.DOWN);
        assertThat(world.nodes.getLast().cause().confirmed()).isFalse();
    }

    @Test
    void aSuccessInBetweenStartsTheConfirmationsAnew() {
        up();
        round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(1));
        round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(250));
        round(Purpose.CONFIRMATION, new Outcome.Success(), Duration.ofMillis(250));
        round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(250));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
    }

    @Test
    void anOverloadedNodeMayBeAlertedNeverReplaced() {
        overloaded();
        assertThat(world.nodes.getLast().to()).isEqualTo(NodeState.DOWN);
        assertThat(world.nodes.getLast().cause().mayFollow()).isEqualTo(Consequence.ALERT);
    }

    private void overloaded() {
        up();
        for (int i = 0; i < 16; i++) {
            round(Purpose.SCHEDULED, OVERLOADED, Duration.ofSeconds(30));
        }
    }

    @Test
    void overloadsDoNotHelpARefusalToItsThreshold() {
        up();
        round(Purpose.SCHEDULED, OVERLOADED, Duration.ofSeconds(30));
        round(Purpose.SCHEDULED, OVERLOADED, Duration.ofSeconds(30));
        round(Purpose.SCHEDULED, REFUSED, Duration.ofSeconds(30));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
    }

    @Test
    void aNodeThatIsDownByOverloadAndThenDiesMovesFromDownToDown() {
        overloaded();
        for (int i = 0; i < 3; i++) {
            round(Purpose.SCHEDULED, REFUSED, Duration.ofSeconds(30));
        }
        assertThat(world.nodes.getLast()).satisfies(worse -> {
            assertThat(worse.from()).isEqualTo(NodeState.DOWN);
            assertThat(worse.to()).isEqualTo(NodeState.DOWN);
            assertThat(worse.cause().mayFollow()).isEqualTo(Consequence.REPLACE);
        });
    }

    @Test
    void kOfNCountsFailuresWithSuccessesBetween() {
        var classes = HealthDefaults.classes(3);
        classes.put(FailureReason.READ_TIMEOUT, new FailureClass(new Threshold(3, 5), Consequence.REPLACE));
        var other = new HealthWorld(HealthWorld.policy(classes));
        other.expect(data("d1")).rounds(2, "d1", true);
        for (var outcome : List.of(TIMED_OUT, new Outcome.Success(), TIMED_OUT, new Outcome.Success(), TIMED_OUT)) {
            assertThat(other.stateOf("d1")).isNotEqualTo(NodeState.DOWN);
            other.now = other.now.plusSeconds(30);
            VANTAGES.forEach(
                    vantage -> other.probed(vantage, "d1", Purpose.SCHEDULED, outcome, "", Duration.ZERO));
        }
        assertThat(other.stateOf("d1")).isEqualTo(NodeState.DOWN);
    }

    @Test
    void otherEvidenceOfLifeMakesANodeUnreachableInsteadOfDown() {
        up();
        for (int i = 0; i < 3; i++) {
            round(Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30));
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.DOWN);
        members(Set.of("d1"));
        assertThat(world.nodes.getLast().to()).isEqualTo(NodeState.UNREACHABLE);
        world.now = world.now.plusSeconds(5);
        members(Set.of("d2"));
        assertThat(world.nodes.getLast().to()).isEqualTo(NodeState.DOWN);
    }

    /** Found by the simulator, seed 7 of 24 hours: DOWN for half a second, until the master's next word. */
    @Test
    void aNodeThatTwoVantagesAreCutOffFromIsUnreachableAndWasNotDownBefore() {
        failingButCountedInSoonAfter();
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
        world.now = world.now.plusSeconds(1);
        members(Set.of("d1"));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UNREACHABLE);
        assertThat(world.nodes).extracting(NodeTransition::to).doesNotContain(NodeState.DOWN);
    }

    @Test
    void theMastersNextWordMakesItDownAtOnceIfItIsNoMemberAnyMore() {
        failingButCountedInSoonAfter();
        world.now = world.now.plusSeconds(1);
        members(Set.of("d2"));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.DOWN);
    }

    @Test
    void aWordThatDoesNotComeIsNotWaitedForForLong() {
        failingButCountedInSoonAfter();
        world.tick(HealthDefaults.CONTRADICTION_AFTER.minusMillis(1));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
        world.tick(Duration.ofMillis(1));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.DOWN);
    }

    @Test
    void refusedConfirmationsWaitForNoWord() {
        failingButCountedInSoonAfter();
        for (int i = 0; i < 3; i++) {
            round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(250));
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.DOWN);
    }

    /** Three rounds of failures at 30 s; the master counted it in 20 s after the first. */
    private void failingButCountedInSoonAfter() {
        up();
        round(Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30));
        world.now = world.now.plusSeconds(20);
        members(Set.of("d1"));
        round(Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(10));
        round(Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30));
    }

    @Test
    void membershipSoonAfterTheFirstFailureIsAnEchoOfBefore() {
        up();
        round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(1));
        world.now = world.now.plusMillis(100);
        members(Set.of("d1"));
        round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(250));
        round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(250));
        assertThat(world.nodes.getLast().to()).isEqualTo(NodeState.DOWN);
    }

    /** Found by the simulator, seed 9: a replacement 27 s after the first failure, under the id of an earlier one. */
    @Test
    void whatOneVantageAloneFailedToSeeDoesNotDateAFailure() {
        up();
        for (int i = 0; i < 5; i++) {
            round(List.of(VANTAGES.getFirst()), Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30), "",
                    Duration.ZERO);
        }
        members(Set.of("d1"));
        for (int i = 0; i < 3; i++) {
            round(Purpose.CONFIRMATION, REFUSED, Duration.ofMillis(250));
        }
        assertThat(world.nodes.getLast().to()).isEqualTo(NodeState.DOWN);
        assertThat(world.nodes.getLast().firstFailureAt()).isAfter(world.now.minusSeconds(1));
    }

    /** Found by the simulator, seed 9: it stayed DOWN, and was to be replaced, on a vote that was no longer there. */
    @Test
    void aNodeIsNotDownAnyMoreOnceOneOfTwoThatSaidSoGetsAnswers() {
        var two = VANTAGES.subList(0, 2);
        world.expect(new NodeTarget(new NodeId(HealthWorld.CLUSTER, "d1"), "i-1", "http://127.0.0.1:9200", "z1",
                List.of("data"), "", two, NodeTarget.Phase.EXPECTED));
        for (int i = 0; i < 2; i++) {
            round(two, Purpose.SCHEDULED, new Outcome.Success(), Duration.ofSeconds(30), "", Duration.ZERO);
        }
        for (int i = 0; i < 3; i++) {
            round(two, Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30), "", Duration.ZERO);
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.DOWN);
        round(two.subList(0, 1), Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30), "", Duration.ZERO);
        round(two.subList(1, 2), Purpose.SCHEDULED, new Outcome.Success(), Duration.ZERO, "", Duration.ZERO);
        assertThat(world.nodes.getLast()).satisfies(moved -> {
            assertThat(moved.to()).isEqualTo(NodeState.RECOVERING);
            assertThat(moved.cause()).isEqualTo(Cause.NONE);
        });
    }

    @Test
    void theNodesOwnReportContradictsToo() {
        up();
        for (int i = 0; i < 3; i++) {
            round(Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30));
        }
        world.tell(new HealthInput.Probed(new ProbeResult.NodeReported(new NodeId(HealthWorld.CLUSTER, "d1"), "i-1",
                new ProbeSource("d1-host", "z1", "agent", "boot", 1), new Outcome.Success(),
                new ProbeResult.Timing(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)))));
        assertThat(world.nodes.getLast().to()).isEqualTo(NodeState.UNREACHABLE);
    }

    private void members(Set<String> names) {
        world.clusterProbed(VANTAGES.getFirst(), new ClusterView(2, 2, ClusterView.Canary.WORKS,
                ClusterView.Colour.GREEN, ClusterView.Master.SEEN,
                new ClusterView.Members.Listed(new TreeSet<>(names)), ""));
    }

    @Test
    void failuresOfVantagesInDoubtNeverCount() {
        up();
        for (int i = 0; i < 5; i++) {
            round(VANTAGES, Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30), "40 of 40 unrelated targets fail",
                    Duration.ZERO);
        }
        assertThat(world.nodes).extracting(NodeTransition::to).doesNotContain(NodeState.DOWN);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UNKNOWN);
        assertThat(world.vantages).filteredOn(transition -> transition.to() == VantageState.DOUBTED).hasSize(3);
    }

    @Test
    void failuresOfAnAgentThatRunsLateNeverCountAndItsSuccessesDo() {
        up();
        for (int i = 0; i < 5; i++) {
            round(VANTAGES.subList(0, 2), Purpose.SCHEDULED, TIMED_OUT, Duration.ofSeconds(30), "",
                    Duration.ofSeconds(3));
            round(VANTAGES.subList(2, 3), Purpose.SCHEDULED, new Outcome.Success(), Duration.ZERO, "",
                    Duration.ofSeconds(3));
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
    }

    @Test
    void aNodeThatComesAndGoesIsFlappingAndEndsWhenItIsCalm() {
        up();
        for (int i = 0; i < 4; i++) {
            world.rounds(1, "d1", false).rounds(2, "d1", true);
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.FLAPPING);
        for (int i = 0; i < 60; i++) {
            world.round("d1", true).tick(Duration.ofSeconds(1));
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UP);
        assertThat(world.nodes.getLast().from()).isEqualTo(NodeState.FLAPPING);
    }

    @Test
    void aFlappingNodeIsDownOnceItWasHeldDownForLong() {
        up();
        for (int i = 0; i < 4; i++) {
            world.rounds(1, "d1", false).rounds(2, "d1", true);
        }
        world.rounds(3, "d1", false);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.FLAPPING);
        world.rounds(2, "d1", false).tick(Duration.ofSeconds(1));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.DOWN);
    }

    @Test
    void timeThatNobodyListenedToIsNoSilence() {
        up();
        world.now = world.now.plusSeconds(600);
        world.listeningSince = world.now;
        world.tick(Duration.ZERO);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UP);
        world.tick(Duration.ofSeconds(101));
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UNKNOWN);
    }

    @Test
    void aVantageThatFallsSilentIsSaidOnceAndItsReturnToo() {
        up();
        for (int i = 0; i < 5; i++) {
            world.now = world.now.plusSeconds(30);
            VANTAGES.subList(0, 2).forEach(vantage -> world.probed(vantage, "d1", true));
            world.tick(Duration.ofSeconds(1));
        }
        world.probed(VANTAGES.get(2), "d1", true);
        assertThat(world.vantages).filteredOn(transition -> transition.vantage().equals(VANTAGES.get(2)))
                .extracting(VantageTransition::to)
                .containsExactly(VantageState.VOTING, VantageState.SILENT, VantageState.VOTING);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UP);
    }

    @Test
    void anotherBootOfTheSameVantageGoesOnCountingButNotTwiceAsFast() {
        up();
        for (int i = 0; i < 4; i++) {
            world.now = world.now.plusSeconds(5);
            for (var vantage : VANTAGES) {
                world.tell(new HealthInput.Probed(new ProbeResult.NodeProbed(new NodeId(HealthWorld.CLUSTER, "d1"),
                        "i-1", new ProbeSource(vantage.name(), vantage.zone(), "agent", "boot-" + (2 + i % 2), 10 + i),
                        Purpose.SCHEDULED, REFUSED,
                        new ProbeResult.Timing(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30)))));
            }
        }
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.SUSPECT);
        world.rounds(2, "d1", false);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.DOWN);
    }

    @Test
    void aLateResultOfAnotherBootChangesNothing() {
        up();
        var before = world.state.node("d1").orElseThrow();
        world.tell(new HealthInput.Probed(new ProbeResult.NodeProbed(new NodeId(HealthWorld.CLUSTER, "d1"), "i-1",
                new ProbeSource("va", "z1", "agent", "boot-0", 99), Purpose.SCHEDULED, REFUSED,
                new ProbeResult.Timing(Duration.ZERO, Duration.ofSeconds(9), Duration.ofSeconds(30)))));
        assertThat(world.state.node("d1").orElseThrow().inTrouble()).isFalse();
        assertThat(before.state()).isEqualTo(NodeState.UP);
    }

    @Test
    void partsThatSurviveMakeTheSameMachineAgain() {
        up();
        world.rounds(2, "d1", false);
        var restored = new ClusterHealth(HealthWorld.CLUSTER);
        restored.restore(world.state.head());
        world.state.nodes().forEach(restored::restore);
        Instant next = world.now.plusSeconds(30);
        long transitions = VANTAGES.stream().flatMap(vantage -> restored.apply(world.policy,
                new HealthInput.Probed(HealthWorld.result(vantage, "d1", "i-1", false, 99)),
                new Moment(next, next)).outputs().stream()).filter(HealthOutput.NodeChanged.class::isInstance).count();
        assertThat(transitions).isEqualTo(1);
        assertThat(restored.node("d1").orElseThrow().state()).isEqualTo(NodeState.DOWN);
    }
}
