package io.evenkeel.topology.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.topology.DrivenProcessor;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.state.HandOverStore;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Kafka Streams does to a task that moves to nobody, and to one whose transaction was aborted. */
class SuspendedTaskTest {

    private static final Vantage VANTAGE = new Vantage("va", "z1");
    private static final NodeId NODE = new NodeId(new ClusterId("shop"), "d1");
    private static final PolicySet POLICIES = new PolicySet(HealthPolicy.defaults("r1"), new TreeMap<>(),
            new DecisionPolicy("r1", false, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5),
                    Duration.ofMinutes(5), Duration.ofMinutes(5), 1, false, List.of()));

    private final DrivenProcessor processor = new DrivenProcessor(HandOverStore.supplier(HealthProcessor.STORE),
            "probe-results", new HealthProcessor.Supplier(PolicySource.fixed(POLICIES),
                    TopologyMeters.unread().health(), ThreadLocal.withInitial(CommitBudget::new)));
    private long now = 1_000_000;
    private long counter;

    @BeforeEach
    void aNodeThatIsUp() {
        tell(new NodeTarget(NODE, "i-1", "http://127.0.0.1:9200", "z1", List.of("data"), "",
                List.of(VANTAGE), NodeTarget.Phase.EXPECTED));
        tell(result(new Outcome.Success()));
        tell(result(new Outcome.Success()));
        assertThat(states()).containsExactly(NodeState.UP);
    }

    private void tell(Object event) {
        now += 1_000;
        processor.tell(event, now);
    }

    private ProbeResult result(Outcome outcome) {
        return new NodeProbed(NODE, "i-1", new ProbeSource("va", "z1", "agent", "boot", ++counter),
                ProbeResult.Purpose.SCHEDULED, outcome,
                new Timing(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30)));
    }

    private List<NodeState> states() {
        return processor.forwarded(NodeTransition.class).stream().map(NodeTransition::to).toList();
    }

    @Test
    void aTaskThatWasSuspendedGoesOnWithWhatItHas() {
        processor.suspendAndResume();
        tell(result(new Outcome.Failure(FailureReason.CONNECT_REFUSED, "")));
        assertThat(states()).containsExactly(NodeState.UP, NodeState.SUSPECT);
    }

    @Test
    void aTaskThatIsRevivedForgetsWhatWasNotCommitted() {
        processor.revive();
        tell(result(new Outcome.Failure(FailureReason.CONNECT_REFUSED, "")));
        assertThat(states()).as("nothing was in the changelog, so nobody expects the node").containsExactly(
                NodeState.UP);
    }
}
