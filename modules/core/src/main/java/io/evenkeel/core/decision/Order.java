package io.evenkeel.core.decision;

import java.time.Duration;
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
 * @param givenAt when, by the clock of the command line or the API
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

    /** An acknowledgement that comes later than this is not done any more. */
    private static final Duration TAKEN_WITHIN = Duration.ofMinutes(10);

    public Order {
        if (by.isBlank()) {
            throw new IllegalArgumentException("order " + id + " must say who gave it");
        }
    }

    /** Somebody looks at an incident, whatever stands in it. */
    public static Order acknowledgement(String id, String incident, String by, String reason, Instant now) {
        return new Order(id, Kind.ACKNOWLEDGE, incident, by, reason, now, now.plus(TAKEN_WITHIN), 0);
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
