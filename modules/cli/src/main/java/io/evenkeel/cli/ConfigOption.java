package io.evenkeel.cli;

import io.evenkeel.cli.config.ConfigFile;
import io.evenkeel.cli.config.EvenkeelConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config}, wherever a command needs the configuration. */
public final class ConfigOption {

    @Option(names = {"-c",
            "--config"}, paramLabel = "FILE", defaultValue = "${env:EVENKEEL_CONFIG:-evenkeel.yaml}", description = "configuration file; default: $EVENKEEL_CONFIG, else evenkeel.yaml")
    private Path file = Path.of("evenkeel.yaml");

    /**
     * Reads the file.
     *
     * @throws io.evenkeel.cli.config.ConfigException with every complaint
     */
    public EvenkeelConfig read() {
        return ConfigFile.read(file);
    }

    public Path file() {
        return file;
    }
}
