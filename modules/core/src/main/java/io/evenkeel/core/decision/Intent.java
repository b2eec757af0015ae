package io.evenkeel.core.decision;

import java.time.Instant;

/**
 * A person's standing order. Holds until it is released (tombstone) or expires.
 *
 * @param kind what is meant
 * @param subject cluster id or service id; {@code *} for everything
 * @param by who said so
 * @param reason why
 * @param setAt when
 * @param expiresAt when it ends by itself; {@link Instant#MAX} for never (brakes only end by a person)
 */
public record Intent(Kind kind, String subject, String by, String reason, Instant setAt, Instant expiresAt) {

    public enum Kind {
        HOLD, MAINTENANCE, SILENCE, ARM, BRAKE
    }

    /** Record key on the {@code intents} topic, {@code kind/subject} in lower case. */
    public String key() {
        return key(kind, subject);
    }

    public static String key(Kind kind, String subject) {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + "/" + subject;
    }

    public boolean activeAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    public boolean covers(String name) {
        return subject.equals("*") || subject.equals(name);
    }
}
