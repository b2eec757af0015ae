package io.evenkeel.actions;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.decision.GateAnswer;
import io.evenkeel.core.decision.Gates;
import io.evenkeel.core.decision.SafetyPolicy.Facts;
import io.evenkeel.core.decision.SafetyPolicy.Facts.Use;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sees for itself right before a call, and asks DECISION's gates on facts once more about that. Whether facts count, the
 * policy says that the request was decided with: {@code decision.facts.use}. For many threads.
 */
public final class LastLook {

    /** Of a policy that nobody knows here: in doubt nothing is done. */
    private static final Facts STRICT = new Facts(Use.REQUIRED, Duration.ZERO);

    private final LiveFacts facts;
    private final Function<String, Optional<Facts>> policies;

    /**
     * What came of it.
     *
     * @param refusal empty when every gate said yes
     * @param passedOver gates that could not know, for people; empty when all did
     */
    record Looked(Optional<LiveGates.Refusal> refusal, String passedOver) {

        static final Looked NOT_NEEDED = new Looked(Optional.empty(), "");
    }

    /** @param policies by revision; empty when there is none of that name */
    public LastLook(LiveFacts facts, Function<String, Optional<Facts>> policies) {
        this.facts = facts;
        this.policies = policies;
    }

    Looked at(ActionRequest request, Duration within) throws InterruptedException {
        var policy = policies.apply(request.policyRevision()).orElse(STRICT);
        if (policy.use() == Use.OFF) {
            return Looked.NOT_NEEDED;
        }
        return switch (request.command()) {
            case ReplaceInstance replace -> {
                var sight = facts.see(replace, within);
                yield judged(Gates.onSight(replace, sight, policy), sight.trouble());
            }
            case FailOver over -> {
                var sight = facts.see(over, within);
                yield judged(Gates.onSight(sight, policy), sight.trouble());
            }
        };
    }

    private static Looked judged(List<GateAnswer> answers, String trouble) {
        String because = trouble.isEmpty() ? "" : "; " + trouble;
        var refusal = answers.stream().filter(answer -> !answer.isYes()).findFirst()
                .map(answer -> new LiveGates.Refusal(answer.gate(), answer.numbers() + because));
        if (refusal.isPresent()) {
            return new Looked(refusal, "");
        }
        String passedOver = answers.stream().filter(GateAnswer::isPassedOver).map(GateAnswer::gate).distinct()
                .collect(Collectors.joining(", "));
        return new Looked(refusal,
                passedOver.isEmpty() ? "" : "passed over, since nobody could know: " + passedOver + because);
    }
}
