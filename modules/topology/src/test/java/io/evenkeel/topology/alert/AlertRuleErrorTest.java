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
import io.evenkeel.topology.DrivenProcessor;
import io.evenkeel.topology.commit.CommitBudget;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** ALERT with a rule that throws whenever the cluster "bad" is mentioned. */
class AlertRuleErrorTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final byte[] BYTES = {1, 2};
    private static final AlertProcessor.Rules BROKEN = (state, input, now) -> {
        if (input instanceof AlertInput.Told(DecisionInput.ClusterChanged(var transition))
                && transition.cluster().value().equals("bad")) {
            throw new IllegalStateException("boom");
        }
        return AlertRules.apply(state, input, now);
    };

    private static final AlertProcessor.Supplier PROCESSORS = new AlertProcessor.Supplier(BROKEN,
            ThreadLocal.withInitial(CommitBudget::new));

    private final DrivenProcessor processor = new DrivenProcessor(Stores.inMemoryKeyValueStore("alert-state"),
            "decision-inputs", PROCESSORS);
    private long version;

    private void failed(String cluster) {
        var transition = new ClusterTransition(new ClusterId(cluster), ClusterState.HEALTHY, ClusterState.FAILED, T0,
                ++version, version - 1, T0, "because", Voters.of(3, 0), List.of(), List.of(), "r1");
        processor.tell(BYTES, transition, 0);
    }

    @Test
    void theRecordIsADeadLetterAndTheOthersGoOn() {
        failed("good");
        failed("bad");
        failed("also-good");
        assertThat(alerts()).containsExactly("good", "also-good");
        assertThat(processor.forwardedTo("count-dead-letters")).containsExactly(BYTES);
    }

    @Test
    void whatWasOpenStaysOpenForWhoTakesOver() {
        failed("good");
        failed("bad");
        processor.goOnWith(PROCESSORS);
        processor.forgetForwarded();
        failed("good");
        assertThat(processor.forwarded(Alert.class)).singleElement()
                .satisfies(alert -> assertThat(alert.sequence()).isEqualTo(2));
    }

    private List<String> alerts() {
        return processor.forwarded(Alert.class).stream().map(Alert::subject).toList();
    }
}
