package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.Command;
import io.evenkeel.core.decision.Intent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whom a person's order stops, or lets act. */
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

    /** Of one action, or of all, of its cluster, its service or everything. */
    static boolean arms(Intent intent, Command command) {
        String action = "/" + ApprovalRule.action(command).label();
        var names = switch (command) {
            case Command.ReplaceInstance replace -> List.of(replace.node().cluster().value());
            case Command.FailOver over -> List.of(over.service().value(), over.from().value());
        };
        return intent.kind() == Intent.Kind.ARM && Stream.concat(names.stream(), Stream.of(Intent.EVERYTHING))
                .anyMatch(name -> intent.subject().equals(name) || intent.subject().equals(name + action));
    }
}
