package io.evenkeel.core.decision;

import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.Freeze.Kind;
import java.util.List;

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
        int bad = (int) expected.stream().filter(NodeSituation::bad).count();
        var since = turn.now().minus(numbers.window());
        int together = (int) expected.stream()
                .filter(node -> node.bad() && !node.firstFailureAt().isBefore(since)).count();
        int threshold = numbers.threshold(expected.size());
        judge(Kind.STORM, cluster.cluster().value(), new ZoneCount(bad, expected.size()), together >= threshold,
                bad >= threshold);
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
        judge(Kind.ZONE, name, here, hit && othersWell, hit);
    }

    /**
     * @param begins whether it would begin now
     * @param lasts whether it goes on, once begun
     */
    private void judge(Kind kind, String subject, ZoneCount count, boolean begins, boolean lasts) {
        var known = turn.state().ledger().freeze(kind, subject);
        if (known.isEmpty()) {
            if (begins) {
                begin(Freeze.begun(kind, subject, turn.now(), count.bad(), count.total()));
            }
            return;
        }
        var freeze = known.get();
        boolean worse = begins && count.bad() > freeze.bad();
        if (freeze.acknowledged() && worse) {
            begin(Freeze.begun(kind, subject, turn.now(), count.bad(), count.total()));
        } else {
            keep(lasts ? freeze.lasting(count.bad(), count.total()) : freeze.calm(turn.now()));
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
                    + turn.policy().safety().storm().coolDown().toMinutes()
                    + " min after it is over, or evenkeel acknowledge " + freeze.incident());
            case ZONE -> told(freeze, Action.ZONAL_SHIFT, Verdict.DRY_RUN, "zone impaired: " + freeze.numbers() + " in "
                    + freeze.subject() + ", the other zones are well; no replacement there. "
                    + "Leave the zone by hand (zonal shift)");
        }
    }

    /** A person has looked. */
    void acknowledge(Order order) {
        turn.state().ledger().freezes().values().stream()
                .filter(freeze -> freeze.incident().equals(order.incident()) && !freeze.acknowledged())
                .forEach(freeze -> {
                    turn.ledger(ledger -> freeze.isCalm()
                            ? ledger.without(freeze)
                            : ledger.with(freeze.withAcknowledged()));
                    closed(freeze, "acknowledged by " + order.by() + ": " + order.reason());
                });
    }

    void expire() {
        var coolDown = turn.policy().safety().storm().coolDown();
        turn.state().ledger().freezes().values().stream()
                .filter(freeze -> freeze.isCalm() && !turn.now().isBefore(freeze.overAt(coolDown)))
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
