package io.evenkeel.cli.config;

import io.evenkeel.core.health.ClusterPolicy;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureClass;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.Flapping;
import io.evenkeel.core.health.HealthDefaults;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.NodePolicy;
import io.evenkeel.core.health.NodeRole;
import io.evenkeel.core.health.Threshold;
import io.evenkeel.core.time.Durations;
import io.evenkeel.probe.ProbePace;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The keys of {@code clusters[].health}: for the cluster, and again for each role, which takes the cluster's numbers
 * where it gives none.
 *
 * @param pace of the cluster's probes
 * @param paces of the probes of nodes, for each role
 * @param actAfter from a node's first failure to its replacement
 */
record HealthReader(ProbePace pace, Map<NodeRole, ProbePace> paces, Duration actAfter) {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String CLASSES = "classes";
    private static final String STALE_AFTER = "staleAfter";

    HealthPolicy read(Section section) {
        var cluster = new ClusterPolicy(failures(section, HealthDefaults.FAILURE_THRESHOLD),
                recovery(section, HealthDefaults.RECOVERY_THRESHOLD),
                healthy(section, HealthDefaults.MINIMUM_HEALTHY));
        var classes = HealthDefaults.classes(cluster.failureThreshold());
        override(classes, section.section(CLASSES));
        var staleAfter = staleAfter(section, usualStaleAfter(pace), pace);
        var nodes = roles(section, node(section, usual(), classes, staleAfter), cluster.failureThreshold());
        var policy = new HealthPolicy("", nodes, cluster, staleAfter,
                section.duration("maxLateness", HealthDefaults.MAX_LATENESS, Duration.ZERO, DAY));
        section.nothingElse();
        return policy;
    }

    private Map<NodeRole, NodePolicy> roles(Section section, NodePolicy cluster, int clusterFailures) {
        var roles = section.section("roles");
        var nodes = new EnumMap<NodeRole, NodePolicy>(NodeRole.class);
        for (var role : NodeRole.values()) {
            var own = roles.section(role.name().toLowerCase(Locale.ROOT));
            var classes = HealthDefaults.classes(failures(own, clusterFailures));
            override(classes, section.section(CLASSES));
            override(classes, own.section(CLASSES));
            var ofRole = paces.getOrDefault(role, pace);
            boolean same = ofRole.equals(pace) && !own.has(STALE_AFTER);
            var staleAfter = section.has(STALE_AFTER) ? cluster.staleAfter() : usualStaleAfter(ofRole);
            nodes.put(role, node(own, cluster, classes, same ? staleAfter : staleAfter(own, staleAfter, ofRole)));
            own.nothingElse();
        }
        roles.nothingElse();
        return nodes;
    }

    /** A member that hangs must be called UNREACHABLE before it could be replaced. */
    private NodePolicy usual() {
        var usual = HealthDefaults.node();
        var early = actAfter.multipliedBy(3).dividedBy(4);
        var contradiction = early.compareTo(HealthDefaults.CONTRADICTION_AFTER) < 0
                ? early
                : HealthDefaults.CONTRADICTION_AFTER;
        return new NodePolicy(usual.classes(), usual.recoveryThreshold(), usual.minimumHealthy(), usual.startupGrace(),
                usual.confirmations(), contradiction, actAfter, usual.flapping(), usualStaleAfter(pace));
    }

    private NodePolicy node(Section section, NodePolicy usual, Map<FailureReason, FailureClass> classes,
            Duration staleAfter) {
        return new NodePolicy(classes, recovery(section, usual.recoveryThreshold()),
                healthy(section, usual.minimumHealthy()),
                section.duration("startupGrace", usual.startupGrace(), Duration.ZERO, DAY),
                section.integer("confirmations", usual.confirmations(), 0, 10),
                contradictionAfter(section, usual.contradictionAfter()),
                section.duration("overrideFlappingAfter", usual.overrideFlappingAfter(), Duration.ZERO, DAY),
                flapping(section.section("flapping"), usual.flapping()), staleAfter);
    }

    private static int failures(Section section, int usual) {
        return section.integer("failureThreshold", usual, 1, Threshold.MAX_WINDOW);
    }

    private static int recovery(Section section, int usual) {
        return section.integer("recoveryThreshold", usual, 1, 100);
    }

    private static Duration healthy(Section section, Duration usual) {
        return section.duration("minimumHealthy", usual, Duration.ZERO, DAY);
    }

    private Duration contradictionAfter(Section section, Duration usual) {
        var after = section.duration("contradictionAfter", usual, Duration.ZERO, DAY);
        if (after.compareTo(actAfter) > 0) {
            section.complain("contradictionAfter", "must not be longer than decision.actAfter ("
                    + Durations.text(actAfter) + "), was " + Durations.text(after)
                    + ": a node that still lives would be replaced first");
        }
        return after;
    }

    /** Three intervals and a time-out: one lost result does not make a vantage silent. */
    private static Duration usualStaleAfter(ProbePace pace) {
        return pace.interval().multipliedBy(3).plus(pace.timeout()).plus(SECOND);
    }

    private static Duration staleAfter(Section section, Duration usual, ProbePace pace) {
        var stale = section.duration(STALE_AFTER, usual, SECOND, DAY);
        if (stale.compareTo(pace.interval()) <= 0) {
            section.complain(STALE_AFTER, "must be longer than probe.interval (" + Durations.text(pace.interval())
                    + "), was " + Durations.text(stale));
        }
        return stale;
    }

    private static void override(Map<FailureReason, FailureClass> classes, Section section) {
        for (var reason : FailureReason.values()) {
            if (section.has(reason.name())) {
                classes.compute(reason, (_, usual) -> failureClass(section.section(reason.name()), reason,
                        usual == null ? new FailureClass(Threshold.inARow(1), Consequence.NOTHING) : usual));
            }
        }
        section.nothingElse();
    }

    private static FailureClass failureClass(Section section, FailureReason reason, FailureClass usual) {
        int failures = section.integer("failures", usual.threshold().failures(), 1, Threshold.MAX_WINDOW);
        int of = section.integer("of", section.has("failures") ? failures : usual.threshold().of(), 1,
                Threshold.MAX_WINDOW);
        var follows = Consequence.valueOf(section.choice("mayFollow", text(usual.mayFollow()),
                text(Consequence.NOTHING), text(Consequence.ALERT), text(Consequence.REPLACE))
                .toUpperCase(Locale.ROOT));
        section.nothingElse();
        if (of < failures) {
            section.complain("of", "must be at least failures (" + failures + "), was " + of);
            return usual;
        }
        if (follows == Consequence.REPLACE && reason.isAlive()) {
            section.complain("mayFollow", "must be nothing or alert: " + reason
                    + " is seen of a process that lives, and replacing it does not help");
            return usual;
        }
        return new FailureClass(new Threshold(failures, of), follows);
    }

    private static String text(Consequence consequence) {
        return consequence.name().toLowerCase(Locale.ROOT);
    }

    private static Flapping flapping(Section section, Flapping usual) {
        double high = section.decimal("high", usual.high(), 0.01, 1_000);
        double low = section.decimal("low", usual.low(), 0.001, 1_000);
        var halfLife = section.duration("halfLife", usual.halfLife(), SECOND, DAY);
        section.nothingElse();
        if (low >= high) {
            section.complain("low", "must be less than flapping.high (" + high + "), was " + low);
            return usual;
        }
        return new Flapping(high, low, halfLife);
    }
}
