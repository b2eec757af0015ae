package io.evenkeel.topology.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.ClusterPolicy;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.topology.DrivenProcessor;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.policy.PolicySource;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster for which a rule threw, before and after its partition moves to another process. */
class RuleErrorStateTest {

    private static final ClusterId SHOP = new ClusterId("shop");
    private static final HealthPolicy GOOD = HealthPolicy.defaults("r1");

    private final DrivenProcessor processor = new DrivenProcessor(Stores.inMemoryKeyValueStore(HealthProcessor.STORE),
            "probe-results", by(GOOD));
    private long now = 1_000_000;
    private long counter;

    private static HealthProcessor.Supplier by(HealthPolicy policy) {
        return new HealthProcessor.Supplier(PolicySource.fixed(new PolicySet(policy, new TreeMap<>(),
                DecisionPolicy.defaults("r1", List.of()))), TopologyMeters.unread().health(),
                ThreadLocal.withInitial(CommitBudget::new));
    }

    private void goOnBy(HealthPolicy policy) {
        processor.goOnWith(by(policy));
    }

    @BeforeEach
    void aClusterThatIsHealthy() {
        tell(new HealthInput.ClusterExpected(SHOP, List.of(new Vantage("va", "z1"))));
        probed(0);
        probed(30);
        assertThat(states()).containsExactly(ClusterState.HEALTHY);
    }

    private void tell(Object event) {
        processor.tell(event, now);
    }

    private void probed(int secondsLater) {
        now += secondsLater * 1_000L;
        tell(new ClusterProbed(SHOP, new ProbeSource("va", "z1", "agent", "boot", ++counter),
                new ClusterView(3, 3, Canary.WORKS, Colour.GREEN, Master.SEEN, ""),
                new Timing(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30))));
    }

    private List<ClusterState> states() {
        return processor.forwarded(ClusterTransition.class).stream().map(ClusterTransition::to).toList();
    }

    @Test
    void itIsUnknownForAMinuteAlsoForWhoTakesOver() {
        goOnBy(new HealthPolicy("r2", GOOD.nodes(), new ClusterPolicy(3, 2, Duration.ofSeconds(Long.MAX_VALUE)),
                GOOD.staleAfter(), GOOD.maxLateness()));
        probed(30);
        assertThat(states()).containsExactly(ClusterState.HEALTHY, ClusterState.UNKNOWN);
        goOnBy(GOOD);
        probed(30);
        probed(30);
        assertThat(states()).containsExactly(ClusterState.HEALTHY, ClusterState.UNKNOWN);
        probed(30);
        assertThat(states()).containsExactly(ClusterState.HEALTHY, ClusterState.UNKNOWN, ClusterState.HEALTHY);
    }
}
