package io.evenkeel.core.decision;

import java.time.Instant;
import java.util.Locale;

/**
 * A person's word about one incident, done once.
 *
 * @param id unique
 * @param kind what is meant
 * @param incident what it is about
 * @param by who said so; not blank
 * @param reason why
 * @param givenAt when, by the clock of the command line
 * @param expiresAt not done afterwards
 * @param version of the transition that it answers, as the person saw it; 0 for whatever it is
 */
public record Order(String id, Kind kind, String incident, String by, String reason, Instant givenAt,
        Instant expiresAt, long version) {

    public enum Kind {
        /** The action that waits for approval may be asked for once. */
        APPROVE,
        /** Somebody has looked: what blocks because of it no longer does. */
        ACKNOWLEDGE
    }

    public Order {
        if (by.isBlank()) {
            throw new IllegalArgumentException("order " + id + " must say who gave it");
        }
    }

    public boolean activeAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    /** Where DECISION keeps it: the newest of a kind counts. */
    String key() {
        return key(kind, incident);
    }

    static String key(Kind kind, String incident) {
        return kind.name().toLowerCase(Locale.ROOT) + "/" + incident;
    }
}
