package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionRequest;

/** What the decision rules say. */
public sealed interface DecisionOutput {

    record Decided(Decision decision) implements DecisionOutput {}

    record Requested(ActionRequest request) implements DecisionOutput {}

    /** A standing order that no person gave: the brake tripped itself. */
    record IntentRaised(Intent intent) implements DecisionOutput {}

    record ServiceChanged(FailoverTransition transition) implements DecisionOutput {}
}
