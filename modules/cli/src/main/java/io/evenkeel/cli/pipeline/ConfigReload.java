package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.cli.config.ConfigException;
import io.evenkeel.cli.config.ConfigFile;
import io.evenkeel.cli.config.EvenkeelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a changed configuration file in force while the process runs. A file is judged once two looks in a row have found
 * the same content: half of a file may be a good one. A bad one is refused, with its complaints in the log, and what was in
 * force stays. For many threads.
 */
final class ConfigReload {

    static final Duration EVERY = Duration.ofSeconds(5);
    /** From the first look at a new content to the second. */
    static final Duration SETTLED_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigReload.class);

    private final Path file;
    private final Consumer<EvenkeelConfig> change;
    private final InstantSource clock;
    private volatile ConfigStatus status;
    private String judged;
    private String seen;

    /**
     * @param change puts a good file in force, or throws ConfigException or IllegalArgumentException and has changed
     *     nothing
     */
    ConfigReload(Path file, EvenkeelConfig inForce, Consumer<EvenkeelConfig> change, InstantSource clock) {
        this.file = file;
        this.change = change;
        this.clock = clock;
        this.status = ConfigStatus.first(inForce.fingerprint(), clock.instant());
        this.judged = inForce.source();
        this.seen = judged;
    }

    ConfigStatus status() {
        return status;
    }

    /** Looks whether there is something new; returns how long to wait before the next look. */
    synchronized Duration look() {
        String before = seen;
        seen = content();
        if (seen.equals(judged)) {
            return EVERY;
        }
        if (!seen.equals(before)) {
            return SETTLED_AFTER;
        }
        judge(seen);
        return EVERY;
    }

    /** Somebody says that the file is ready. */
    synchronized void now() {
        seen = content();
        if (seen.equals(judged)) {
            LOG.atInfo().addKeyValue("file", file).addKeyValue("revision", status.revision())
                    .addKeyValue("lastRefusal", status.lastRefusal())
                    .log("configuration file has not changed since it was last read");
        } else {
            judge(seen);
        }
    }

    private String content() {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private void judge(String content) {
        judged = content;
        try {
            var next = content.isEmpty() ? ConfigFile.read(file) : ConfigFile.parse(file.toString(), content);
            change.accept(next);
            status = status.applied(next.fingerprint(), clock.instant());
            LOG.atInfo().addKeyValue("file", file).addKeyValue("revision", next.fingerprint())
                    .addKeyValue("clusters", next.clusters().size()).log("configuration is in force");
        } catch (ConfigException | IllegalArgumentException refused) {
            status = status.refused(String.valueOf(refused.getMessage()), clock.instant());
            LOG.atError().addKeyValue("file", file).addKeyValue("stillInForce", status.revision())
                    .addKeyValue("complaints", refused.getMessage()).log("configuration is refused, the old one stays");
        }
    }
}
