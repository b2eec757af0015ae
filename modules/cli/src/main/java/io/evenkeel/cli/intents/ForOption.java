package io.evenkeel.cli.intents;

import io.evenkeel.core.decision.Lasting;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** {@code --for}. */
final class ForOption {

    private ForOption() {}

    static Duration of(CommandSpec spec, String text) {
        try {
            return Lasting.of(text);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), "--for " + refused.getMessage(), refused);
        }
    }
}
