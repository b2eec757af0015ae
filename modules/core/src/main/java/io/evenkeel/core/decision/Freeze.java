package io.evenkeel.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * So much fails together that replacing nodes one by one is wrong.
 *
 * @param subject cluster id, or name of the zone
 * @param bad nodes that were bad at the worst of it
 * @param total nodes that were expected then
 * @param calmSince when too few were bad for the last time; {@link Instant#MAX} while it lasts
 * @param acknowledged a person has looked: it no longer stops anything
 * @param nodes of a storm that was acknowledged: names of those that were bad then and have not been well since. They no
 * longer count against one another (docs/decisions/0021)
 */
public record Freeze(Kind kind, String subject, Instant since, int bad, int total, Instant calmSince,
        boolean acknowledged, SortedSet<String> nodes) {

    public enum Kind {
        /** Many nodes of a cluster. */
        STORM,
        /** A zone, over all clusters. */
        ZONE
    }

    public Freeze {
        nodes = Collections.unmodifiableSortedSet(nodes);
    }

    static Freeze begun(Kind kind, String subject, Instant now, int bad, int total) {
        return new Freeze(kind, subject, now, bad, total, Instant.MAX, false, new TreeSet<>());
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
        return new Freeze(kind, subject, since, Math.max(bad, badNow), totalNow, Instant.MAX, acknowledged, nodes);
    }

    Freeze calm(Instant now) {
        return isCalm() ? this : new Freeze(kind, subject, since, bad, total, now, acknowledged, nodes);
    }

    /** @param looked names of the nodes that the person has said go on about */
    Freeze withAcknowledged(SortedSet<String> looked) {
        return new Freeze(kind, subject, since, bad, total, calmSince, true, looked);
    }

    Freeze without(String node) {
        var left = new TreeSet<>(nodes);
        left.remove(node);
        return new Freeze(kind, subject, since, bad, total, calmSince, acknowledged, left);
    }

    /** Nothing is left that it stops or allows. */
    boolean isOver(Duration coolDown, Instant now) {
        return isCalm() && nodes.isEmpty() && !now.isBefore(overAt(coolDown));
    }
}
