package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.Command;
import io.evenkeel.core.decision.Intent;
import java.util.EnumSet;
import java.util.Set;

/** Whom a person's order stops. */
final class Subjects {

    private static final Set<Intent.Kind> STOPPING = EnumSet.of(Intent.Kind.HOLD, Intent.Kind.MAINTENANCE,
            Intent.Kind.BRAKE);

    private Subjects() {}

    static boolean stops(Intent intent, Command command) {
        if (!STOPPING.contains(intent.kind())) {
            return false;
        }
        return switch (command) {
            case Command.ReplaceInstance replace -> intent.covers(replace.node().cluster().value());
            case Command.FailOver over -> intent.covers(over.service().value())
                    || intent.covers(over.from().value());
        };
    }
}
