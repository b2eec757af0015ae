package io.evenkeel.core.decision;

import io.evenkeel.core.decision.Decision.Action;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The numbers that bound what may be done at all. Where each default comes from is in docs/gates.md.
 *
 * @param blockPeriod from one replacement in a cluster to the next, unless its incident is acknowledged; may be zero
 * @param approval actions that a person must approve, each time
 */
public record SafetyPolicy(Limits limits, Storm storm, Zone zone, Brake brake, Facts facts, Duration blockPeriod,
        SortedSet<Action> approval) {

    /**
     * How much may be missing by our doing. All are at least 1, so that a limit never means "off".
     *
     * @param atOnce replacements under way, of all clusters
     * @param perHour replacements asked for in one cluster within an hour
     * @param perZone replacements under way in one zone, of all clusters
     * @param floor data nodes of a cluster that must be UP besides the one that is replaced
     */
    public record Limits(int atOnce, int perHour, int perZone, int floor) {
        public Limits {
            atLeastOne("limits.atOnce", atOnce);
            atLeastOne("limits.perHour", perHour);
            atLeastOne("limits.perZone", perZone);
            atLeastOne("limits.floor", floor);
        }
    }

    /**
     * When so many nodes of a cluster fail together that replacing them one by one is wrong.
     *
     * @param nodes never less than this many
     * @param percent of the nodes expected in the cluster
     * @param window in which they must have begun to fail
     * @param coolDown from its end to the next replacement
     */
    public record Storm(int nodes, int percent, Duration window, Duration coolDown) {
        public Storm {
            atLeastOne("storm.nodes", nodes);
            percentage("storm.percent", percent);
            notNegative("storm.window", window);
            notNegative("storm.coolDown", coolDown);
        }

        int threshold(int expected) {
            return Math.max(nodes, (expected * percent + 99) / 100);
        }
    }

    /**
     * When a zone is impaired, over all clusters.
     *
     * @param targets it must have at least so many
     * @param percent of them that are bad
     * @param othersBelow percent of all other targets, of which there must be some, that may be bad: less than this
     */
    public record Zone(int targets, int percent, int othersBelow) {
        public Zone {
            atLeastOne("zone.targets", targets);
            percentage("zone.percent", percent);
            percentage("zone.othersBelow", othersBelow);
        }
    }

    /**
     * Too much at once over all clusters: then nothing more is done until a person has looked.
     *
     * @param incidents with an action, at most, within the window; the next one trips the brake
     */
    public record Brake(int incidents, Duration window) {
        public Brake {
            atLeastOne("brake.incidents", incidents);
            notNegative("brake.window", window);
        }
    }

    /** @param maxAge a gate whose fact is older can't know */
    public record Facts(Use use, Duration maxAge) {

        /** What a fact that is missing or too old means. */
        public enum Use {
            /** Nothing is done. */
            REQUIRED,
            /** Its gate is passed over; one that is there counts. */
            OPTIONAL,
            /** Facts never count. */
            OFF
        }

        public Facts {
            notNegative("facts.maxAge", maxAge);
        }
    }

    public SafetyPolicy {
        notNegative("blockPeriod", blockPeriod);
        approval = Collections.unmodifiableSortedSet(new TreeSet<>(approval));
    }

    public static SafetyPolicy defaults() {
        return new SafetyPolicy(new Limits(3, 3, 1, 1),
                new Storm(2, 30, Duration.ofMinutes(5), Duration.ofMinutes(10)), new Zone(3, 60, 20),
                new Brake(5, Duration.ofMinutes(10)), new Facts(Facts.Use.OPTIONAL, Duration.ofSeconds(60)),
                Duration.ofMinutes(10), new TreeSet<>());
    }

    public SafetyPolicy with(Limits next) {
        return new SafetyPolicy(next, storm, zone, brake, facts, blockPeriod, approval);
    }

    public SafetyPolicy with(Storm next) {
        return new SafetyPolicy(limits, next, zone, brake, facts, blockPeriod, approval);
    }

    public SafetyPolicy with(Brake next) {
        return new SafetyPolicy(limits, storm, zone, next, facts, blockPeriod, approval);
    }

    public SafetyPolicy with(Facts next) {
        return new SafetyPolicy(limits, storm, zone, brake, next, blockPeriod, approval);
    }

    public SafetyPolicy withBlockPeriod(Duration next) {
        return new SafetyPolicy(limits, storm, zone, brake, facts, next, approval);
    }

    public SafetyPolicy withApproval(Set<Action> next) {
        return new SafetyPolicy(limits, storm, zone, brake, facts, blockPeriod, new TreeSet<>(next));
    }

    /** Actions that can be done, and so can be approved and armed. */
    public static Set<Action> doable() {
        return EnumSet.of(Action.REPLACE_INSTANCE, Action.FAIL_OVER);
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("decision." + key + " must be >= 1, was " + value);
        }
    }

    private static void percentage(String key, int value) {
        if (value < 1 || value > 100) {
            throw new IllegalArgumentException("decision." + key + " must be 1 to 100, was " + value);
        }
    }

    private static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("decision." + key + " must not be negative, was " + value);
        }
    }
}
