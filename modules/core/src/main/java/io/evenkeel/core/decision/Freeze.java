package io.evenkeel.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * So much fails together that replacing nodes one by one is wrong.
 *
 * @param subject cluster id, or name of the zone
 * @param bad nodes that were bad at the worst of it
 * @param total nodes that were expected then
 * @param calmSince when too few were bad for the last time; {@link Instant#MAX} while it lasts
 * @param acknowledged a person has looked: it no longer stops anything
 */
public record Freeze(Kind kind, String subject, Instant since, int bad, int total, Instant calmSince,
        boolean acknowledged) {

    public enum Kind {
        /** Many nodes of a cluster. */
        STORM,
        /** A zone, over all clusters. */
        ZONE
    }

    static Freeze begun(Kind kind, String subject, Instant now, int bad, int total) {
        return new Freeze(kind, subject, now, bad, total, Instant.MAX, false);
    }

    static String key(Kind kind, String subject) {
        return kind.name().toLowerCase(Locale.ROOT) + "/" + subject;
    }

    String key() {
        return key(kind, subject);
    }

    public String incident() {
        return Incidents.of(key(), since);
    }

    /** Of its decisions and alerts: no node, cluster or service can have this name. */
    String decisionSubject() {
        return switch (kind) {
            case STORM -> subject + "/*";
            case ZONE -> "*/zone/" + subject;
        };
    }

    boolean isCalm() {
        return calmSince.isBefore(Instant.MAX);
    }

    /** EPOCH while nobody can say. */
    Instant overAt(Duration coolDown) {
        return isCalm() ? calmSince.plus(coolDown) : Instant.EPOCH;
    }

    String numbers() {
        return bad + " of " + total + " nodes are DOWN or UNREACHABLE";
    }

    Freeze lasting(int badNow, int totalNow) {
        return new Freeze(kind, subject, since, Math.max(bad, badNow), totalNow, Instant.MAX, acknowledged);
    }

    Freeze calm(Instant now) {
        return isCalm() ? this : new Freeze(kind, subject, since, bad, total, now, acknowledged);
    }

    Freeze withAcknowledged() {
        return new Freeze(kind, subject, since, bad, total, calmSince, true);
    }
}
