package io.evenkeel.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.HealthInput.NodeExpected;
import io.evenkeel.core.health.HealthInput.Probed;
import io.evenkeel.core.health.HealthInput.Ticked;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.core.health.ProbeResult.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The pipeline was down for ten minutes while agents went on: no ticks, then all at once. Records carry the times at which
 * the broker got them, and are judged by these.
 */
class BacklogTest {

    private static final Instant T0 = HealthWorld.T0;
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Instant DOWN = T0.plus(Duration.ofMinutes(2));
    private static final Instant BACK = DOWN.plus(Duration.ofMinutes(10));
    private static final Instant END = BACK.plus(Duration.ofMinutes(3));
    private static final Instant DEATH = DOWN.plus(Duration.ofMinutes(4));

    private final ClusterHealth cluster = new ClusterHealth(HealthWorld.CLUSTER);
    private final HealthPolicy policy = HealthWorld.policy(HealthDefaults.classes(3));
    private final List<NodeTransition> nodes = new ArrayList<>();
    private final List<HealthOutput> others = new ArrayList<>();
    private Moment moment = Moment.NONE;

    private void tell(Instant appended, HealthInput input) {
        moment = moment.next(appended);
        for (var output : cluster.apply(policy, input, moment).outputs()) {
            if (output instanceof HealthOutput.NodeChanged(var transition)) {
                nodes.add(transition);
            } else {
                others.add(output);
            }
        }
    }

    /** @param published whether agents reach Kafka at this time */
    private void history(Predicate<Instant> published) {
        tell(T0, new HealthInput.ClusterExpected(HealthWorld.CLUSTER, HealthWorld.VANTAGES));
        for (String name : List.of("lives", "dies")) {
            tell(T0, new NodeExpected(HealthWorld.target(name, "i-1", Set.of("data"),
                    NodeTarget.Phase.EXPECTED)));
        }
        for (var second = T0.plusSeconds(1); second.isBefore(END); second = second.plusSeconds(1)) {
            if (published.test(second)) {
                probes(second);
            }
            boolean ticks = second.isBefore(DOWN) || !second.isBefore(BACK);
            if (ticks) {
                tell(second, new Ticked());
            }
        }
    }

    private void probes(Instant second) {
        long elapsed = Duration.between(T0, second).toSeconds();
        for (int i = 0; i < HealthWorld.VANTAGES.size(); i++) {
            if (elapsed % INTERVAL.toSeconds() == i * 10L) {
                report(second, i, "lives", true);
                report(second, i, "dies", second.isBefore(DEATH));
            }
        }
    }

    private void report(Instant at, int vantage, String node, boolean healthy) {
        var looking = HealthWorld.VANTAGES.get(vantage);
        Outcome outcome = healthy ? new Outcome.Success() : new Outcome.Failure(FailureReason.CONNECT_REFUSED, "");
        tell(at, new Probed(new NodeProbed(new NodeId(new ClusterId("primary"), node), "i-1",
                new ProbeSource(looking.name(), looking.zone(), "agent", "boot", at.getEpochSecond()),
                Purpose.SCHEDULED, outcome, new Timing(Duration.ofMillis(3), Duration.ofMillis(1), INTERVAL))));
    }

    @Test
    void theBacklogIsJudgedInItsOwnTime() {
        history(_ -> true);
        assertThat(nodes).extracting(NodeTransition::to).as("no false UNKNOWN, no storm").containsExactly(
                NodeState.UP, NodeState.UP, NodeState.SUSPECT, NodeState.DOWN);
        var dead = nodes.getLast();
        assertThat(dead.node().name()).isEqualTo("dies");
        assertThat(dead.at()).as("three failures of two vantages after its death, minutes before ticks came back")
                .isBetween(DEATH.plus(INTERVAL.multipliedBy(2)), DEATH.plus(INTERVAL.multipliedBy(3)));
        assertThat(others).as("every vantage was heard, once").hasSize(3);
    }

    @Test
    void anOutageOfKafkaIsNoSilenceOfAnybody() {
        history(second -> second.isBefore(DOWN) || !second.isBefore(BACK));
        assertThat(nodes).extracting(NodeTransition::to).containsExactly(NodeState.UP, NodeState.UP, NodeState.SUSPECT,
                NodeState.DOWN);
        assertThat(nodes.getLast().at()).as("found once agents are heard again").isAfter(BACK)
                .isBefore(BACK.plus(INTERVAL.multipliedBy(3)));
    }

    @Test
    void whoFellSilentInTheOutageIsFoundAfterIt() {
        history(second -> second.isBefore(DOWN));
        assertThat(nodes).extracting(NodeTransition::to).containsExactly(NodeState.UP, NodeState.UP, NodeState.UNKNOWN,
                NodeState.UNKNOWN);
        assertThat(nodes.getLast().at()).isBetween(BACK.plus(policy.staleAfter()),
                BACK.plus(policy.staleAfter()).plusSeconds(2));
        assertThat(others.stream().filter(HealthOutput.VantageChanged.class::isInstance).count())
                .as("three vantages heard, three silent").isEqualTo(6);
    }
}
