package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.DecisionWorld.POLICY;
import static io.evenkeel.core.decision.DecisionWorld.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The gate on a person's approval; each test fails when it is taken out. */
class ApprovalTest {

    @Test
    void aFailoverThatNeedsApprovalWaitsForIt() {
        var asked = needing(Action.FAIL_OVER);
        asked.cluster(PRIMARY, ClusterState.FAILED).later(600);
        assertThat(asked.requests).isEmpty();
        assertThat(asked.last().decidedBy()).isEqualTo("approval");
        asked.order(Order.Kind.APPROVE, asked.last().incident());
        assertThat(asked.requests).hasSize(1);
    }

    @Test
    void anActionThatNeedsApprovalIsAskedForOnceAfterIt() {
        var asked = needing(Action.REPLACE_INSTANCE);
        asked.node("d1", NodeState.DOWN).later(600);
        assertThat(asked.requests).isEmpty();
        assertThat(asked.last().decidedBy()).isEqualTo("approval");
        asked.order(Order.Kind.APPROVE, asked.last().incident());
        assertThat(asked.requests).hasSize(1);
        asked.outcome(asked.requests.getFirst(), Status.FAILED).later(60);
        assertThat(asked.requests).as("an approval is used up").hasSize(1);
    }

    /** As after a reset of the copier's position. */
    @Test
    void anApprovalThatIsToldAgainIsStillUsedUp() {
        var asked = needing(Action.REPLACE_INSTANCE);
        asked.node("d1", NodeState.DOWN).later(600);
        String incident = asked.last().incident();
        var replaced = new DecisionInput.OrderGiven(asked.someOrder(Order.Kind.APPROVE, incident));
        var used = new DecisionInput.OrderGiven(asked.someOrder(Order.Kind.APPROVE, incident));
        asked.tell(new DecisionInput.IntentSet(hold(asked.now))).tell(replaced).tell(used)
                .tell(new DecisionInput.IntentReleased("hold/primary"));
        assertThat(asked.requests).hasSize(1);
        asked.outcome(asked.requests.getFirst(), Status.FAILED).later(60).tell(replaced).tell(used).later(60);
        assertThat(asked.requests).hasSize(1);
        asked.order(Order.Kind.APPROVE, incident);
        assertThat(asked.requests).hasSize(2);
    }

    @Test
    void anApprovalExpires() {
        var asked = needing(Action.REPLACE_INSTANCE);
        asked.node("d1", NodeState.DOWN);
        asked.order(Order.Kind.APPROVE, asked.last().incident()).node("d2", NodeState.SUSPECT).later(1_801)
                .node("d2", NodeState.UP);
        assertThat(asked.requests).isEmpty();
        assertThat(asked.last().decidedBy()).isEqualTo("approval");
    }

    private static Intent hold(Instant now) {
        return new Intent(Intent.Kind.HOLD, "primary", "alex", "looking", now, Instant.MAX);
    }

    private static DecisionWorld needing(Action action) {
        return new DecisionWorld(POLICY.withArmed(true).with(POLICY.safety().withApproval(Set.of(action))));
    }
}
