package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.DecisionInput;

/** What the rules of notifications are told. */
public sealed interface NotificationInput {

    /** An alert fires, says more, or is over. */
    record Alerted(Alert alert) implements NotificationInput {}

    /** Ticks, and what people say. */
    record Told(DecisionInput input) implements NotificationInput {}
}
