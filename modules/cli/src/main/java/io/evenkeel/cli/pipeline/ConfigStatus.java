package io.evenkeel.cli.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration a process obeys, and what became of the tries to change it.
 *
 * @param revision of the file that is in force
 * @param since when it came into force, by this machine's clock
 * @param reloads files that were put in force after the first
 * @param refusals files that were refused
 * @param lastRefusal null when there was none
 */
record ConfigStatus(String revision, Instant since, long reloads, long refusals, @Nullable Refusal lastRefusal) {

    /** @param message every complaint, one per line, with file, line and key where the file has them */
    record Refusal(Instant at, String message) {}

    static ConfigStatus first(String revision, Instant now) {
        return new ConfigStatus(revision, now, 0, 0, null);
    }

    ConfigStatus applied(String next, Instant now) {
        return new ConfigStatus(next, now, reloads + 1, refusals, lastRefusal);
    }

    ConfigStatus refused(String message, Instant now) {
        return new ConfigStatus(revision, since, reloads, refusals + 1, new Refusal(now, message));
    }
}
