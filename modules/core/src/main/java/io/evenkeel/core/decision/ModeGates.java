package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.GateAnswer.no;
import static io.evenkeel.core.decision.GateAnswer.notYet;
import static io.evenkeel.core.decision.GateAnswer.yes;

import java.util.List;
import java.util.Optional;

/** May Evenkeel act here at all, and must a person agree first? */
final class ModeGates {

    private ModeGates() {}

    /** Not asked for while nothing would follow from it. */
    static GateAnswer approval(Question question) {
        var fault = question.fault();
        if (!question.safety().approval().contains(fault.action())) {
            return yes("approval", "not needed");
        }
        if (armedBy(question).isEmpty()) {
            return yes("approval", "would be asked for");
        }
        var approved = question.state().ledger().order(Order.Kind.APPROVE, fault.incident())
                .filter(order -> order.activeAt(question.now()));
        if (approved.isEmpty()) {
            return notYet("approval", "a person must approve: evenkeel approve " + fault.incident());
        }
        var order = approved.get();
        return order.version() == 0 || order.version() == fault.version()
                ? yes("approval", "by " + order.by() + ": " + order.reason())
                : notYet("approval", "by " + order.by() + " for version " + order.version() + ", it is "
                        + fault.version() + " now");
    }

    static GateAnswer armed(Question question) {
        return armedBy(question).map(by -> yes("armed", by)).orElseGet(() -> {
            var fault = question.fault();
            var runs = question.state().ledger().dryRun(fault).including(fault, question.now());
            return no("armed", "dry-run: would have acted " + runs.times() + " times here since " + runs.since()
                    + "; evenkeel arm " + fault.dryRunSubject() + " " + fault.action().label());
        });
    }

    private static Optional<String> armedBy(Question question) {
        if (question.policy().armed()) {
            return Optional.of("by configuration");
        }
        var fault = question.fault();
        var names = switch (fault.action()) {
            case FAIL_OVER -> List.of(fault.name(), fault.cluster().value());
            case REPLACE_INSTANCE, ZONAL_SHIFT, FREEZE -> List.of(fault.cluster().value());
        };
        return question.orders().arming(names, fault.action())
                .map(intent -> "by " + intent.by() + ": " + intent.reason());
    }
}
