package io.evenkeel.topology.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.AlertInput;
import io.evenkeel.core.alert.AlertRules;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.Voters;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ALERT with a rule that throws whenever the cluster "bad" is mentioned. */
class AlertRuleErrorTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final AlertProcessor.Rules BROKEN = (state, input, now) -> {
        if (input instanceof AlertInput.Told(DecisionInput.ClusterChanged(var transition))
                && transition.cluster().value().equals("bad")) {
            throw new IllegalStateException("boom");
        }
        return AlertRules.apply(state, input, now);
    };

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("alert-state"), Serdes.String(), Serdes.ByteArray()).withLoggingDisabled()
            .build();
    private Processor<Record<byte[], byte[]>, Object, Object, Object> processor = started();
    private long version;

    @BeforeEach
    void openStore() {
        store.init(context.getStateStoreContext(), store);
        context.setRecordMetadata("decision-inputs", 0, 7);
        processor.init(context);
    }

    private static Processor<Record<byte[], byte[]>, Object, Object, Object> started() {
        return new AlertProcessor.Supplier(BROKEN).get();
    }

    private void failed(String cluster) {
        var transition = new ClusterTransition(new ClusterId(cluster), ClusterState.HEALTHY, ClusterState.FAILED, T0,
                ++version, version - 1, T0, "because", Voters.of(3, 0), List.of(), List.of(), "r1");
        processor.process(new Record<>(new Record<>(new byte[]{1}, new byte[]{2}, 0), transition, 0));
    }

    @Test
    void theRecordIsADeadLetterAndTheOthersGoOn() {
        failed("good");
        failed("bad");
        failed("also-good");
        assertThat(alerts()).containsExactly("good", "also-good");
        assertThat(context.forwarded()).filteredOn(forwarded -> forwarded.childName().equals(
                java.util.Optional.of("count-dead-letters"))).singleElement()
                .satisfies(letter -> assertThat(letter.record().value()).isEqualTo(new byte[]{2}));
    }

    @Test
    void whatWasOpenStaysOpenForWhoTakesOver() {
        failed("good");
        failed("bad");
        processor = started();
        processor.init(context);
        context.resetForwards();
        failed("good");
        assertThat(context.forwarded()).extracting(forwarded -> forwarded.record().value())
                .filteredOn(Alert.class::isInstance).singleElement()
                .isInstanceOfSatisfying(Alert.class, alert -> assertThat(alert.sequence()).isEqualTo(2));
    }

    private List<String> alerts() {
        return context.forwarded().stream().map(forwarded -> forwarded.record().value())
                .filter(Alert.class::isInstance).map(event -> ((Alert) event).subject()).toList();
    }
}
