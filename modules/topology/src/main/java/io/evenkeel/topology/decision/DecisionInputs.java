package io.evenkeel.topology.decision;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.VantageTransition;
import io.evenkeel.events.Tick;
import io.evenkeel.topology.copy.Origin;
import io.evenkeel.topology.decode.Tombstone;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** What a decoded record of {@code decision-inputs} means to the rules. */
public final class DecisionInputs {

    private DecisionInputs() {}

    /**
     * Empty for what a newer version put there and this one does not know.
     *
     * @param record key: the record as it was received, value: what it says
     */
    public static Optional<DecisionInput> of(Record<Record<byte[], byte[]>, Object> record) {
        return switch (record.value()) {
            case NodeTransition transition -> Optional.of(new DecisionInput.NodeChanged(transition));
            case ClusterTransition transition -> Optional.of(new DecisionInput.ClusterChanged(transition));
            case VantageTransition transition -> Optional.of(new DecisionInput.VantageChanged(transition));
            case HealthProgress progress -> Optional.of(new DecisionInput.HealthProgressed(progress));
            case ActionOutcome outcome -> Optional.of(new DecisionInput.OutcomeReported(outcome));
            case Intent intent -> Optional.of(new DecisionInput.IntentSet(intent));
            case Order order -> Optional.of(new DecisionInput.OrderGiven(order));
            case ClusterFacts facts -> Optional.of(new DecisionInput.FactsRead(facts, writtenAt(record)));
            case Tick _ -> Optional.of(new DecisionInput.Ticked());
            case Tombstone released -> Optional.of(new DecisionInput.IntentReleased(released.key()));
            default -> Optional.empty();
        };
    }

    /** A copy may be much younger than what it says. */
    private static Instant writtenAt(Record<Record<byte[], byte[]>, Object> record) {
        return Origin.of(record.key().headers()).map(Origin::writtenAt)
                .orElse(Instant.ofEpochMilli(record.timestamp()));
    }
}
