package io.evenkeel.core.health;

import static io.evenkeel.core.health.HealthWorld.CLUSTER;
import static io.evenkeel.core.health.HealthWorld.FINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a rule that throws leaves behind. */
class RuleErrorTest {

    private final HealthWorld world = new HealthWorld();

    @BeforeEach
    void allIsWell() {
        world.expect(HealthWorld.data("d1")).clusterRounds(3, FINE).rounds(2, "d1", true);
        assertThat(world.stateOf("d1")).isEqualTo(NodeState.UP);
        assertThat(world.clusters.getLast().to()).isEqualTo(ClusterState.HEALTHY);
    }

    /** A time that no clock can show; it is asked for after the nodes were judged. */
    private HealthPolicy broken() {
        var good = world.policy;
        return new HealthPolicy("r2", good.nodes(), new ClusterPolicy(3, 2, Duration.ofSeconds(Long.MAX_VALUE)),
                good.staleAfter(), good.maxLateness());
    }

    private ClusterHealth.Step threw() {
        return world.state.ruleThrew("boom", world.policy, Moment.of(world.now));
    }

    @Test
    void aStepThatThrowsHasChangedNothing() {
        var node = world.state.node("d1").orElseThrow();
        var head = world.state.head();
        world.now = world.now.plusSeconds(200);
        assertThatThrownBy(
                () -> world.state.apply(broken(), new HealthInput.Ticked(), Moment.of(world.now)))
                .isInstanceOfAny(DateTimeException.class, ArithmeticException.class);
        assertThat(world.state.node("d1")).contains(node);
        assertThat(world.state.head()).isEqualTo(head);
        world.tick(Duration.ZERO);
        assertThat(world.nodes.getLast().to()).as("told by who does not throw").isEqualTo(NodeState.UNKNOWN);
        assertThat(world.nodes.getLast().previousVersion()).isEqualTo(node.version());
    }

    @Test
    void aNodeThatIsExpectedInAStepThatThrowsIsNot() {
        assertThatThrownBy(() -> world.state.apply(broken(), new HealthInput.NodeExpected(HealthWorld.data("d2")),
                Moment.of(world.now))).isInstanceOf(RuntimeException.class);
        assertThat(world.state.node("d2")).isEmpty();
    }

    @Test
    void aNodeThatIsForgottenInAStepThatThrowsIsStillThere() {
        assertThatThrownBy(() -> world.state.apply(broken(),
                new HealthInput.NodeForgotten(HealthWorld.data("d1").node()), Moment.of(world.now)))
                .isInstanceOf(RuntimeException.class);
        assertThat(world.state.node("d1")).isPresent();
    }

    @Test
    void itsClusterIsUnknownAndSaysWhy() {
        var known = world.clusters.getLast();
        var step = threw();
        assertThat(step.headChanged()).isTrue();
        assertThat(step.nextCheck()).isEqualTo(world.now.plus(ClusterHealth.TRUSTED_AFTER));
        assertThat(step.outputs()).singleElement().isInstanceOfSatisfying(HealthOutput.ClusterChanged.class, told -> {
            assertThat(told.transition().from()).isEqualTo(ClusterState.HEALTHY);
            assertThat(told.transition().to()).isEqualTo(ClusterState.UNKNOWN);
            assertThat(told.transition().ruleError()).isEqualTo("boom");
            assertThat(told.transition().previousVersion()).isEqualTo(known.version());
        });
    }

    @Test
    void whatThrowsAgainAndAgainIsToldOnce() {
        threw();
        for (int i = 0; i < 10; i++) {
            world.clusterRounds(1, FINE);
            assertThat(threw().outputs()).isEmpty();
        }
        assertThat(world.state.head().state()).isEqualTo(ClusterState.UNKNOWN);
    }

    @Test
    void itIsJudgedAgainWhenNothingIsThrownAnyMore() {
        threw();
        world.clusterRounds(2, FINE).tick(Duration.ofSeconds(4));
        assertThat(world.state.head().state()).isEqualTo(ClusterState.UNKNOWN);
        world.tick(Duration.ofSeconds(1));
        assertThat(world.clusters.getLast().to()).isEqualTo(ClusterState.HEALTHY);
        assertThat(world.clusters.getLast().ruleError()).isEmpty();
    }

    @Test
    void itIsUnknownAlsoForWhoTakesOver() {
        threw();
        var next = new ClusterHealth(CLUSTER);
        next.restore(world.state.head());
        next.restore(world.state.node("d1").orElseThrow());
        world.now = world.now.plusSeconds(30);
        for (var vantage : HealthWorld.VANTAGES) {
            var step = next.apply(world.policy,
                    new HealthInput.Probed(HealthWorld.result(vantage, "d1", "i-1", true, 100)),
                    new Moment(world.now, Instant.EPOCH));
            assertThat(step.outputs()).noneMatch(HealthOutput.ClusterChanged.class::isInstance);
        }
        assertThat(next.head().state()).isEqualTo(ClusterState.UNKNOWN);
    }
}
