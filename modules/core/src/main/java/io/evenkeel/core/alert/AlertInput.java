package io.evenkeel.core.alert;

import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionInput;

/** What the alert rules are told: all that the decision rules are told, and what those decided. */
public sealed interface AlertInput {

    record Told(DecisionInput input) implements AlertInput {}

    record Decided(Decision decision) implements AlertInput {}

    /** How a channel fared. */
    record Delivered(Delivery delivery) implements AlertInput {}
}
