package io.evenkeel.cli.config;

import io.evenkeel.channels.Secret;
import io.evenkeel.channels.aws.secrets.SecretsManager;
import io.evenkeel.channels.secret.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A secret's place: {@code {env: NAME}}, {@code {file: PATH}}, {@code {secretsManager: ID}}, or a text with
 * <code>${NAME}</code>. The first three are read at each use, not here: agents and commands that share the file need not
 * have them.
 */
final class SecretReader {

    private static final String FORMS = "{env: NAME}, {file: PATH}, {secretsManager: NAME-OR-ARN} or ${NAME}";

    private final SecretsManager secretsManager = new SecretsManager();

    /** One that must be there, and must not stand in the file. */
    Secret required(Section section, String key) {
        if (!section.has(key)) {
            section.complain(key, "is missing, and has no default; write " + FORMS);
            return missing();
        }
        return present(section, key);
    }

    Optional<Secret> optional(Section section, String key) {
        return section.has(key) ? Optional.of(present(section, key)) : Optional.empty();
    }

    /** An address that may hold a secret or not: also a plain text. */
    Secret address(Section section, String key) {
        if (section.isMapping(key)) {
            return present(section, key);
        }
        var url = Section.toUrl(section.text(key));
        if (section.has(key) && url.isEmpty()) {
            // Not shown: it may hold a token.
            section.complain(key, "must be an http:// or https:// address");
        }
        return Secrets.known("the configuration", url.map(URI::toString).orElse(""));
    }

    private Secret present(Section section, String key) {
        if (section.isMapping(key)) {
            return ofPlace(section, section.section(key), key);
        }
        if (section.isWrittenOut(key)) {
            // The value is not shown: it is most likely the secret itself.
            section.complain(key, "is a secret and must not stand in the file; write " + FORMS);
            return missing();
        }
        return section.optionalText(key).map(text -> Secrets.known("the environment, by " + key, text))
                .orElseGet(SecretReader::missing);
    }

    private Secret ofPlace(Section section, Section place, String key) {
        var name = place.optionalText("env");
        var file = place.optionalText("file");
        var id = place.optionalText("secretsManager");
        place.nothingElse();
        if (name.stream().count() + file.stream().count() + id.stream().count() != 1) {
            section.complain(key, "must have exactly one of env, file and secretsManager");
            return missing();
        }
        return name.map(variable -> Secrets.ofEnvironment(variable, section.environment()))
                .or(() -> file.map(path -> Secrets.ofFile(Path.of(path))))
                .or(() -> id.map(secretsManager::secret)).orElseThrow();
    }

    /** Stands in until the complaint ends it all. */
    private static Secret missing() {
        return Secrets.known("nowhere", "");
    }
}
