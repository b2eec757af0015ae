package io.evenkeel.cli.intents;

import io.evenkeel.cli.config.Durations;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How long something is to last. */
final class Lasting {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private Lasting() {}

    static Duration of(CommandSpec spec, String text) {
        return Durations.parse(text).filter(d -> d.compareTo(SHORTEST) >= 0 && d.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new ParameterException(spec.commandLine(),
                        "--for must be a duration from 1s to 30d, was '" + text + "'"));
    }
}
