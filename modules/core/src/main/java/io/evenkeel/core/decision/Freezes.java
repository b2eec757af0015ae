package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.Freeze.Kind;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Storms of a cluster and failures of a zone: when they begin, calm down and are over. */
final class Freezes {

    private final Turn turn;

    Freezes(Turn turn) {
        this.turn = turn;
    }

    /** To be called when a node of the cluster has become bad or well again, or has come or gone. */
    void judge(ClusterSituation cluster, String zone) {
        storm(cluster);
        if (!zone.isEmpty()) {
            zone(zone);
        }
    }

    private void storm(ClusterSituation cluster) {
        var numbers = turn.policy().safety().storm();
        var expected = cluster.nodes().values().stream().filter(NodeSituation::expected).toList();
        var bad = namesOfBad(cluster);
        var since = turn.now().minus(numbers.window());
        int together = (int) expected.stream()
                .filter(node -> node.bad() && !node.firstFailureAt().isBefore(since)).count();
        int threshold = numbers.threshold(expected.size());
        judge(Kind.STORM, cluster.cluster().value(), new ZoneCount(bad.size(), expected.size()), new Signs(
                together >= threshold, bad.size() >= threshold, storm -> !storm.nodes().containsAll(bad)));
    }

    private static SortedSet<String> namesOfBad(ClusterSituation cluster) {
        return cluster.nodes().values().stream().filter(node -> node.expected() && node.bad())
                .map(node -> node.target().node().name()).collect(Collectors.toCollection(TreeSet::new));
    }

    private void zone(String name) {
        var numbers = turn.policy().safety().zone();
        var here = ZoneCount.NONE;
        var elsewhere = ZoneCount.NONE;
        for (var cluster : turn.state().clusters().values()) {
            for (var zone : cluster.zones().entrySet()) {
                if (zone.getKey().equals(name)) {
                    here = here.plus(zone.getValue());
                } else {
                    elsewhere = elsewhere.plus(zone.getValue());
                }
            }
        }
        boolean hit = here.total() >= numbers.targets() && here.bad() * 100 >= here.total() * numbers.percent();
        boolean othersWell = elsewhere.total() > 0
                && elsewhere.bad() * 100 < elsewhere.total() * numbers.othersBelow();
        var count = here;
        judge(Kind.ZONE, name, here, new Signs(hit && othersWell, hit, zone -> count.bad() > zone.bad()));
    }

    /**
     * @param begin whether it would begin now
     * @param last whether it goes on, once begun
     * @param worse whether more fails than a person has acknowledged
     */
    private record Signs(boolean begin, boolean last, Predicate<Freeze> worse) {}

    private void judge(Kind kind, String subject, ZoneCount count, Signs signs) {
        var known = turn.state().ledger().freeze(kind, subject);
        if (known.isEmpty()) {
            if (signs.begin()) {
                begin(Freeze.begun(kind, subject, turn.now(), count.bad(), count.total()));
            }
            return;
        }
        var freeze = known.get();
        if (freeze.acknowledged() && signs.begin() && signs.worse().test(freeze)) {
            begin(Freeze.begun(kind, subject, turn.now(), count.bad(), count.total()));
        } else {
            keep(signs.last() ? freeze.lasting(count.bad(), count.total()) : freeze.calm(turn.now()));
        }
    }

    private void keep(Freeze freeze) {
        turn.ledger(ledger -> ledger.with(freeze));
    }

    private void begin(Freeze freeze) {
        keep(freeze);
        switch (freeze.kind()) {
            case STORM -> told(freeze, Action.FREEZE, Verdict.ACT, "storm: " + freeze.numbers()
                    + " at once; no replacement in " + freeze.subject() + " until "
                    + words(turn.policy().safety().storm().coolDown())
                    + " after it is over, or evenkeel acknowledge " + freeze.incident());
            case ZONE -> told(freeze, Action.ZONAL_SHIFT, Verdict.DRY_RUN, "zone impaired: " + freeze.numbers() + " in "
                    + freeze.subject() + ", the other zones are well; no replacement there. "
                    + "Leave the zone by hand (zonal shift)");
        }
    }

    private static String words(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    /** The node is well again, planned away, or another instance: what a person said of it no longer holds. */
    void leave(NodeId node) {
        turn.state().ledger().freeze(Kind.STORM, node.cluster().value())
                .filter(storm -> storm.nodes().contains(node.name()))
                .ifPresent(storm -> keep(storm.without(node.name())));
    }

    /** A person has looked: from now on it stops nothing, and the nodes of a storm don't count against one another. */
    void acknowledge(Order order) {
        turn.state().ledger().freezes().values().stream()
                .filter(freeze -> freeze.incident().equals(order.incident()) && !freeze.acknowledged())
                .forEach(freeze -> {
                    var acknowledged = freeze.withAcknowledged(lookedAt(freeze));
                    turn.ledger(ledger -> acknowledged.isOver(Duration.ZERO, turn.now())
                            ? ledger.without(freeze)
                            : ledger.with(acknowledged));
                    closed(freeze, "acknowledged by " + order.by() + ": " + order.reason());
                });
    }

    private SortedSet<String> lookedAt(Freeze freeze) {
        return switch (freeze.kind()) {
            case STORM -> namesOfBad(turn.state().cluster(new ClusterId(freeze.subject())));
            case ZONE -> new TreeSet<>();
        };
    }

    void expire() {
        var coolDown = turn.policy().safety().storm().coolDown();
        turn.state().ledger().freezes().values().stream()
                .filter(freeze -> freeze.isOver(coolDown, turn.now()))
                .forEach(freeze -> {
                    turn.ledger(ledger -> ledger.without(freeze));
                    if (!freeze.acknowledged()) {
                        closed(freeze, "calm since " + freeze.calmSince());
                    }
                });
    }

    private void closed(Freeze freeze, String reason) {
        told(freeze, freeze.kind() == Kind.STORM ? Action.FREEZE : Action.ZONAL_SHIFT, Verdict.CLOSED, reason);
    }

    private void told(Freeze freeze, Action action, Verdict verdict, String reason) {
        turn.tell(freeze.incident(), freeze.decisionSubject(), action, verdict, reason, List.of());
    }
}
