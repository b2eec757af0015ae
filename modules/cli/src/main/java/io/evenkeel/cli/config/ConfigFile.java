package io.evenkeel.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a configuration file. */
public final class ConfigFile {

    private ConfigFile() {}

    /**
     * Reads and checks the file.
     *
     * @throws ConfigException with every complaint, each with file, line and key
     */
    public static EvenkeelConfig read(Path file) {
        return read(file, ConfigFile::variable);
    }

    /**
     * Checks a content that was read already.
     *
     * @param file its name in complaints
     * @throws ConfigException with every complaint, each with file, line and key
     */
    public static EvenkeelConfig parse(String file, String source) {
        return parse(file, source, ConfigFile::variable);
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    static EvenkeelConfig read(Path file, Function<String, Optional<String>> environment) {
        String source;
        try {
            source = Files.readString(file, UTF_8);
        } catch (IOException unreadable) {
            throw new ConfigException(List.of(file + ": can't be read: " + unreadable.getClass().getSimpleName() + " "
                    + unreadable.getMessage() + "; name another one with --config or EVENKEEL_CONFIG"));
        }
        return parse(file.toString(), source, environment);
    }

    static EvenkeelConfig parse(String file, String source, Function<String, Optional<String>> environment) {
        var complaints = new Complaints(file);
        try {
            var node = new Yaml(new LoaderOptions()).compose(new StringReader(source));
            if (node == null) {
                throw new ConfigException(List.of(file + ":1:1: is empty; docs/configuration.md lists the keys"));
            }
            var config = new ConfigReader(complaints, source).read(new Section(complaints, "", node, environment));
            complaints.throwIfAny();
            return config;
        } catch (MarkedYAMLException notYaml) {
            var mark = notYaml.getProblemMark();
            throw new ConfigException(List.of(file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1)
                    + ": is no YAML: " + notYaml.getProblem()));
        } catch (YAMLException notYaml) {
            throw new ConfigException(List.of(file + ": is no YAML: " + notYaml.getMessage()));
        }
    }
}
