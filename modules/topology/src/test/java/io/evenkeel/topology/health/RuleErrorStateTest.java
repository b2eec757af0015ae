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
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.policy.PolicySource;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster for which a rule threw, before and after its partition moves to another process. */
class RuleErrorStateTest {

    private static final ClusterId SHOP = new ClusterId("shop");
    private static final HealthPolicy GOOD = HealthPolicy.defaults("r1");

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(HealthProcessor.STORE), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled().build();
    private Processor<Record<byte[], byte[]>, Object, Object, Object> processor = by(GOOD);
    private long now = 1_000_000;
    private long counter;

    private static Processor<Record<byte[], byte[]>, Object, Object, Object> by(HealthPolicy policy) {
        return new HealthProcessor.Supplier(PolicySource.fixed(new PolicySet(policy, new TreeMap<>(),
                DecisionPolicy.defaults("r1", List.of()))), TopologyMeters.unread().health(),
                ThreadLocal.withInitial(CommitBudget::new)).get();
    }

    private void goOnBy(HealthPolicy policy) {
        processor = by(policy);
        processor.init(context);
    }

    @BeforeEach
    void aClusterThatIsHealthy() {
        store.init(context.getStateStoreContext(), store);
        context.setRecordMetadata("probe-results", 0, 7);
        processor.init(context);
        tell(new HealthInput.ClusterExpected(SHOP, List.of(new Vantage("va", "z1"))));
        probed(0);
        probed(30);
        assertThat(states()).containsExactly(ClusterState.HEALTHY);
    }

    private void tell(Object event) {
        context.setCurrentSystemTimeMs(now);
        processor.process(new Record<>(new Record<>(new byte[0], new byte[0], now), event, now));
    }

    private void probed(int secondsLater) {
        now += secondsLater * 1_000L;
        tell(new ClusterProbed(SHOP, new ProbeSource("va", "z1", "agent", "boot", ++counter),
                new ClusterView(3, 3, Canary.WORKS, Colour.GREEN, Master.SEEN, ""),
                new Timing(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30))));
    }

    private List<ClusterState> states() {
        return context.forwarded().stream().map(forwarded -> forwarded.record().value())
                .filter(ClusterTransition.class::isInstance).map(event -> ((ClusterTransition) event).to()).toList();
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
