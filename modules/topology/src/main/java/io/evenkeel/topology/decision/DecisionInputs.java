package io.evenkeel.topology.decision;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.VantageTransition;
import io.evenkeel.events.Tick;
import io.evenkeel.topology.decode.Tombstone;
import java.util.Optional;

/** What a decoded record of {@code decision-inputs} means to the rules. */
public final class DecisionInputs {

    private DecisionInputs() {}

    /** Empty for what a newer version put there and this one does not know. */
    public static Optional<DecisionInput> of(Object event) {
        return switch (event) {
            case NodeTransition transition -> Optional.of(new DecisionInput.NodeChanged(transition));
            case ClusterTransition transition -> Optional.of(new DecisionInput.ClusterChanged(transition));
            case VantageTransition transition -> Optional.of(new DecisionInput.VantageChanged(transition));
            case ActionOutcome outcome -> Optional.of(new DecisionInput.OutcomeReported(outcome));
            case Intent intent -> Optional.of(new DecisionInput.IntentSet(intent));
            case Tick _ -> Optional.of(new DecisionInput.Ticked());
            case Tombstone released -> Optional.of(new DecisionInput.IntentReleased(released.key()));
            default -> Optional.empty();
        };
    }
}
