package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.GateAnswer.no;
import static io.evenkeel.core.decision.GateAnswer.waitUntil;
import static io.evenkeel.core.decision.GateAnswer.yes;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** Is it time? */
final class PaceGates {

    private PaceGates() {}

    static GateAnswer attempts(Question question) {
        var fault = question.fault();
        int limit = question.policy().maxAttempts();
        if (fault.used() >= limit) {
            return no("attempts", fault.used() + " of " + limit + " used up: a person is needed");
        }
        return question.now().isBefore(fault.notBefore())
                ? waitUntil(fault.notBefore(), "attempts", "next attempt not before " + fault.notBefore())
                : yes("attempts", fault.used() + " of " + limit + " used");
    }

    static GateAnswer actAfter(Question.OfNode question) {
        var begun = question.fault().firstFailureAt();
        var actAfter = question.policy().actAfter();
        var due = begun.plus(actAfter);
        String failing = Duration.between(begun, question.now()).toSeconds() + " s of " + actAfter.toSeconds()
                + " s since the first failure";
        return question.now().isBefore(due) ? waitUntil(due, "act-after", failing) : yes("act-after", failing);
    }

    /** After a replacement in the cluster; acknowledging its incident lifts it. */
    static GateAnswer block(Question.OfNode question) {
        var ledger = question.state().ledger();
        var last = ledger.asked().values().stream()
                .filter(asked -> asked.isReplacementIn(question.fault().cluster())
                        && !asked.incident().equals(question.fault().incident()))
                .max(Comparator.comparing(Asked::at));
        if (last.isEmpty()) {
            return yes("block", "nothing was replaced here lately");
        }
        var asked = last.get();
        var over = asked.at().plus(question.safety().blockPeriod());
        if (!question.now().isBefore(over)) {
            return yes("block", "last replacement at " + asked.at());
        }
        return ledger.order(Order.Kind.ACKNOWLEDGE, asked.incident())
                .map(order -> yes("block", asked.incident() + " is acknowledged by " + order.by()))
                .orElseGet(() -> waitUntil(over, "block", "replaced at " + asked.at() + ", "
                        + question.safety().blockPeriod().toSeconds() + " s apart; evenkeel acknowledge "
                        + asked.incident()));
    }

    static GateAnswer coolDown(Question.OfService question) {
        var situation = question.state().services().get(question.service().id().value());
        var last = situation == null ? Instant.EPOCH : situation.lastFailoverAt();
        if (last.equals(Instant.EPOCH)) {
            return yes("cool-down", "never failed over");
        }
        var over = last.plus(question.policy().coolDown());
        return question.now().isBefore(over)
                ? waitUntil(over, "cool-down",
                        "last failover at " + last + ", cool-down " + question.policy().coolDown().toSeconds() + " s")
                : yes("cool-down", "last failover at " + last);
    }
}
