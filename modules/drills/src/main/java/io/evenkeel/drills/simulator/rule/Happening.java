package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.decision.FailoverTransition;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeHealth;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.notification.Notification;
import java.time.Instant;
import java.util.Optional;

/** What rules look at: what could be read on a topic, what DECISION went by, what reached AWS. */
public sealed interface Happening {

    /** On {@code node-transitions}, committed. */
    record NodeMoved(NodeTransition transition) implements Happening {}

    /** On {@code cluster-transitions}, committed. */
    record ClusterMoved(ClusterTransition transition) implements Happening {}

    /** HEALTH committed: what it now goes on from, of one node. */
    record NodeKept(NodeHealth node) implements Happening {}

    /** DECISION takes an input in. */
    record Told(DecisionInput input) implements Happening {}

    /** A record of what was decided, committed. */
    record Decided(Decision decision) implements Happening {}

    /** On {@code action-requests}, committed. */
    record Requested(ActionRequest request) implements Happening {}

    /** On {@code failover-transitions}, committed. */
    record ServiceMoved(FailoverTransition transition) implements Happening {}

    /** DECISION committed: what it now goes on from. */
    record DecisionKept(DecisionState state) implements Happening {}

    /** On {@code action-outcomes}. */
    record OutcomeWritten(ActionOutcome outcome) implements Happening {}

    /** A changing call to AWS begins, under a claim. */
    record Called(ActionOutcome claim) implements Happening {}

    /** A call changed something at AWS. */
    record TookEffect(ActionRequest request) implements Happening {}

    /** A standing order, acknowledged to whoever gave it. */
    record IntentGiven(Intent intent) implements Happening {}

    /** On {@code intents}: a tombstone. */
    record IntentReleased(String key) implements Happening {}

    /** What was told, committed. */
    record Alerted(Alert alert) implements Happening {}

    /** What people are told, committed. */
    record Notified(Notification notification) implements Happening {}

    /**
     * ALERT took in all that an input of DECISION leads to; empty for a decision.
     *
     * @param at the time that it goes by
     */
    record AlertsJudged(Optional<DecisionInput> input, Instant at) implements Happening {}
}
