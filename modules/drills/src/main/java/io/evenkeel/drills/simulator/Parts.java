package io.evenkeel.drills.simulator;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.ClaimLedger;
import io.evenkeel.core.alert.AlertInput;
import io.evenkeel.core.alert.AlertRules;
import io.evenkeel.core.alert.AlertState;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.decision.DecisionRules;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.health.HealthOutput;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.notification.NotificationInput;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.core.notification.NotificationRules;
import io.evenkeel.core.notification.NotificationState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is under test. The defaults are the real parts; a test puts a broken one in the place of one of them, to show that
 * the simulator can fail.
 */
public interface Parts {

    /** The real ones. */
    Parts REAL = new Parts() {
    };

    default DecisionRules.Step decide(DecisionState state, DecisionPolicy policy, DecisionInput input, Instant now) {
        return DecisionRules.apply(state, policy, input, now);
    }

    default AlertRules.Step alert(AlertState state, AlertInput input, Instant now) {
        return AlertRules.apply(state, input, now);
    }

    default NotificationRules.Step notify(NotificationState state, NotificationInput input, NotificationPolicy policy,
            Instant now) {
        return NotificationRules.apply(state, input, policy, now);
    }

    /** What reaches HEALTH of a probe's result. */
    default ProbeResult heard(ProbeResult result) {
        return result;
    }

    /** What a step of HEALTH tells. */
    default List<HealthOutput> told(List<HealthOutput> outputs) {
        return outputs;
    }

    /** What to do with a request. */
    default ClaimLedger.Verdict claim(ClaimLedger ledger, ActionRequest request, Instant now) {
        return ledger.decide(request, now);
    }

    /** What is looked at once more right before a call; empty when nothing speaks against it. */
    default Optional<String> refusal(ActionRequest request, LiveView live, long newestEpoch) {
        return live.refusal(request, newestEpoch);
    }

    /** Whether the transaction of who is no longer the owner fails. */
    default boolean fencesZombies() {
        return true;
    }
}
