package io.evenkeel.cli.intents;

import picocli.CommandLine.Option;

/** {@code --by} and {@code --reason}, wherever a person says something that is recorded. */
final class Who {

    @Option(names = "--by", paramLabel = "NAME", defaultValue = "${env:USER:-unknown}", description = "who; default: $USER")
    private String by = "";
    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; shown wherever it matters")
    private String reason = "";

    String by() {
        return by;
    }

    String reason() {
        return reason;
    }
}
