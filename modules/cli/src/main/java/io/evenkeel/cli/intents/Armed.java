package io.evenkeel.cli.intents;

import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.SafetyPolicy;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What {@code arm} and {@code disarm} name: a cluster or service, all of its actions or one. */
final class Armed {

    private Armed() {}

    static String subject(CommandSpec spec, String name, @Nullable String action) {
        if (action == null) {
            return name;
        }
        if (SafetyPolicy.doable().stream().noneMatch(known -> known.label().equals(action))) {
            throw new ParameterException(spec.commandLine(), "ACTION must be one of "
                    + SafetyPolicy.doable().stream().map(Action::label).collect(Collectors.joining(", ")) + ", was '"
                    + action + "'");
        }
        return name + "/" + action;
    }
}
