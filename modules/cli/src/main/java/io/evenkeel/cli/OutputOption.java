package io.evenkeel.cli;

import picocli.CommandLine.Option;

/** {@code --output}, wherever a command answers people and programs. */
public final class OutputOption {

    /** In what form. */
    public enum Format {
        TEXT, JSON
    }

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text", description = "text or json; default: ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    public boolean isJson() {
        return format == Format.JSON;
    }
}
