package io.evenkeel.cli.config;

import java.util.List;

/** The configuration can't be used; the message lists every complaint, one per line. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigException(List<String> complaints) {
        super(String.join(System.lineSeparator(), complaints));
    }
}
