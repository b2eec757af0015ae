package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.VantageTransition;
import java.time.Instant;
import java.util.Optional;

/** What the decision rules are told; in the one order of the {@code decision-inputs} topic. */
public sealed interface DecisionInput {

    record NodeChanged(NodeTransition transition) implements DecisionInput {}

    record ClusterChanged(ClusterTransition transition) implements DecisionInput {}

    record VantageChanged(VantageTransition transition) implements DecisionInput {}

    record OutcomeReported(ActionOutcome outcome) implements DecisionInput {}

    record IntentSet(Intent intent) implements DecisionInput {}

    /** @param key the intent's record key, {@code kind/subject} */
    record IntentReleased(String key) implements DecisionInput {}

    /** @param receivedAt append time of the agent's own record, not of its copy */
    record FactsRead(ClusterFacts facts, Instant receivedAt) implements DecisionInput {}

    record OrderGiven(Order order) implements DecisionInput {}

    /** A rule threw while it judged a record about this cluster. */
    record RuleFailed(ClusterId cluster, String error) implements DecisionInput {}

    /** A partition of HEALTH goes on. Many come each second, so nothing is judged at it: the next tick does. */
    record HealthProgressed(HealthProgress progress) implements DecisionInput {}

    record Ticked() implements DecisionInput {}

    /** The cluster that it is about; empty when it may be about any. */
    default Optional<ClusterId> about() {
        return switch (this) {
            case NodeChanged(var transition) -> Optional.of(transition.node().cluster());
            case ClusterChanged(var transition) -> Optional.of(transition.cluster());
            case VantageChanged(var transition) -> Optional.of(transition.cluster());
            case FactsRead(var facts, _) -> Optional.of(facts.cluster());
            case RuleFailed(var cluster, _) -> Optional.of(cluster);
            case OutcomeReported _,IntentSet _,IntentReleased _,OrderGiven _,HealthProgressed _,Ticked _ ->
                Optional.empty();
        };
    }
}
