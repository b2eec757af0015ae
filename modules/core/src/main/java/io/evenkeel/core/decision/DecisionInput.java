package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.VantageTransition;

/** What the decision rules are told; in the one order of the {@code decision-inputs} topic. */
public sealed interface DecisionInput {

    record NodeChanged(NodeTransition transition) implements DecisionInput {}

    record ClusterChanged(ClusterTransition transition) implements DecisionInput {}

    record VantageChanged(VantageTransition transition) implements DecisionInput {}

    record OutcomeReported(ActionOutcome outcome) implements DecisionInput {}

    record IntentSet(Intent intent) implements DecisionInput {}

    /** @param key the intent's record key, {@code kind/subject} */
    record IntentReleased(String key) implements DecisionInput {}

    record Ticked() implements DecisionInput {}
}
