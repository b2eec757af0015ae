package io.evenkeel.topology.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.Voters;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.topology.decode.Tombstone;
import io.evenkeel.topology.policy.PolicySource;
import java.time.Instant;
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

/** A cluster for which a rule of HEALTH threw, before and after DECISION moves to another process. */
class IsolationTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final ClusterId BAD = new ClusterId("bad");
    private static final PolicySource POLICIES = PolicySource.fixed(new PolicySet(HealthPolicy.defaults("r1"),
            new TreeMap<>(), DecisionPolicy.defaults("r1", List.of(new DecisionPolicy.Service(new ServiceId("search"),
                    BAD, new ClusterId("standby"))))));

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("decision-state"), Serdes.String(), Serdes.ByteArray()).withLoggingDisabled()
            .build();
    private Processor<Record<byte[], byte[]>, Object, Object, Object> processor = new DecisionProcessor.Supplier(
            POLICIES).get();
    private long version;

    @BeforeEach
    void start() {
        store.init(context.getStateStoreContext(), store);
        context.setRecordMetadata("decision-inputs", 0, 7);
        processor.init(context);
    }

    private void anotherTakesOver() {
        processor = new DecisionProcessor.Supplier(POLICIES).get();
        processor.init(context);
        context.resetForwards();
    }

    private void tell(Object event) {
        processor.process(
                new Record<>(new Record<>(new byte[0], new byte[0], 0), event, T0.toEpochMilli()));
    }

    private void moved(ClusterState to, String ruleError) {
        tell(new ClusterTransition(BAD, ClusterState.HEALTHY, to, T0, ++version, version - 1, T0, "because",
                Voters.of(3, 0), List.of(), List.of(), "r1", ruleError));
    }

    private List<Decision> decisions() {
        return context.forwarded().stream().map(forwarded -> forwarded.record().value())
                .filter(Decision.class::isInstance).map(Decision.class::cast).toList();
    }

    @Test
    void itStaysIsolatedUntilAPersonReleasesIt() {
        moved(ClusterState.UNKNOWN, "NullPointerException");
        anotherTakesOver();
        moved(ClusterState.FAILED, "");
        assertThat(decisions()).singleElement()
                .satisfies(decision -> assertThat(decision.decidedBy()).isEqualTo("rule-error"));
        tell(new Tombstone("intents", "hold/bad"));
        anotherTakesOver();
        moved(ClusterState.HEALTHY, "");
        moved(ClusterState.FAILED, "");
        assertThat(decisions()).last().satisfies(decision -> assertThat(decision.decidedBy()).isEqualTo("votes"));
    }
}
