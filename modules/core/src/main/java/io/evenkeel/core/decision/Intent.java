package io.evenkeel.core.decision;

import java.time.Instant;
import java.util.Locale;

/**
 * A person's standing order. Holds until it is released (tombstone) or expires. A brake is released by another record of
 * its key that has expired already and names who released it: a tombstone names nobody.
 *
 * @param kind what is meant
 * @param subject cluster id, service id or {@code cluster/node}; {@code *} for everything. Of ARM also
 *     {@code name/action} for one action only, of SILENCE any alert's subject, or conditions on labels
 * @param by who said so
 * @param reason why
 * @param setAt when
 * @param expiresAt when it ends by itself; {@link Instant#MAX} for never (brakes only end by a person)
 */
public record Intent(Kind kind, String subject, String by, String reason, Instant setAt, Instant expiresAt) {

    public enum Kind {
        HOLD, MAINTENANCE, SILENCE, ARM, BRAKE
    }

    /** Who a brake was tripped by when no person did. */
    public static final String ITSELF = "evenkeel";

    /** The brake that stops all actions of all clusters. */
    public static final String EVERYTHING = "*";

    /** The brake that trips itself. */
    static Intent trippedBrake(String reason, Instant now) {
        return new Intent(Kind.BRAKE, EVERYTHING, ITSELF, reason, now, Instant.MAX);
    }

    /**
     * A brake's release.
     *
     * @param by the person; not blank
     */
    public static Intent brakeRelease(String by, String reason, Instant now) {
        if (by.isBlank() || by.equals(ITSELF)) {
            throw new IllegalArgumentException("a brake is released by a person who says who it is, was '" + by + "'");
        }
        return new Intent(Kind.BRAKE, EVERYTHING, by, reason, now, Instant.EPOCH);
    }

    /** Record key on the {@code intents} topic, {@code kind/subject} in lower case. */
    public String key() {
        return key(kind, subject);
    }

    public static String key(Kind kind, String subject) {
        return kind.name().toLowerCase(Locale.ROOT) + "/" + subject;
    }

    /** Whether a tombstone of this key ends it. */
    public static boolean endsByTombstone(String key) {
        return !key.startsWith(key(Kind.BRAKE, ""));
    }

    public boolean activeAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    public boolean covers(String name) {
        return subject.equals(EVERYTHING) || subject.equals(name);
    }

    /** Whether it is about an alert's subject; that of a cluster is also about all that is in the cluster. */
    public boolean silences(String alertSubject) {
        return kind == Kind.SILENCE && (covers(alertSubject) || alertSubject.startsWith(subject + "/"));
    }

    boolean arms(String name, Decision.Action action) {
        return covers(name) || subject.equals(name + "/" + action.label())
                || subject.equals(EVERYTHING + "/" + action.label());
    }
}
