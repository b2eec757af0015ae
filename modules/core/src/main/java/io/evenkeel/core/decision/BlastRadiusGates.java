package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.GateAnswer.no;
import static io.evenkeel.core.decision.GateAnswer.notYet;
import static io.evenkeel.core.decision.GateAnswer.waitUntil;
import static io.evenkeel.core.decision.GateAnswer.yes;

import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** How much is missing already, how much more may be, and does more fail than one node? In flight counts as missing. */
final class BlastRadiusGates {

    private static final Duration HOUR = Duration.ofHours(1);

    private BlastRadiusGates() {}

    static GateAnswer zone(Question.OfNode question) {
        String zone = question.node().target().zone();
        var impaired = question.state().ledger().freeze(Freeze.Kind.ZONE, zone)
                .filter(freeze -> !freeze.acknowledged());
        return impaired.map(freeze -> no("zone", "zone impaired: " + freeze.numbers() + " in " + zone + " since "
                + freeze.since() + "; replacing them one by one won't help"))
                .orElseGet(() -> yes("zone", zone.isEmpty() ? "unknown" : zone + " is not impaired"));
    }

    static GateAnswer storm(Question.OfNode question) {
        var storm = question.state().ledger().freeze(Freeze.Kind.STORM, question.fault().cluster().value())
                .filter(freeze -> !freeze.acknowledged());
        return storm.map(freeze -> waitUntil(freeze.overAt(question.safety().storm().coolDown()), "storm",
                freeze.numbers() + " at once, since " + freeze.since() + (freeze.isCalm()
                        ? ", calm since " + freeze.calmSince()
                        : ", not over") + "; evenkeel acknowledge " + freeze.incident()))
                .orElseGet(() -> yes("storm", "none"));
    }

    static GateAnswer clusterState(Question.OfNode question) {
        var state = question.cluster().state();
        return state == ClusterState.HEALTHY || state == ClusterState.DEGRADED
                ? yes("cluster-state", state.name())
                : notYet("cluster-state", "the cluster is " + state);
    }

    static GateAnswer otherDataNodes(Question.OfNode question) {
        var excused = question.excused();
        var others = question.otherDataNodes().stream()
                .filter(other -> !excused.contains(other.target().node().name())).toList();
        long up = up(question, others);
        String numbers = up + " of " + others.size() + " other data nodes UP" + (excused.isEmpty()
                ? ""
                : ", without those of the acknowledged storm: " + String.join(", ", excused));
        return up == others.size() && up > 0 ? yes("other-data-nodes", numbers) : notYet("other-data-nodes", numbers);
    }

    static GateAnswer floor(Question.OfNode question) {
        int floor = question.safety().limits().floor();
        long up = up(question, question.otherDataNodes());
        String numbers = up + " other data nodes UP, " + floor + " needed";
        return up >= floor ? yes("floor", numbers) : notYet("floor", numbers);
    }

    private static long up(Question.OfNode question, List<NodeSituation> nodes) {
        return nodes.stream().filter(node -> node.state() == NodeState.UP)
                .filter(node -> replacements(question).noneMatch(
                        flight -> ((ReplaceInstance) flight.request().command()).node().equals(node.target().node())))
                .count();
    }

    static GateAnswer inFlight(Question.OfNode question) {
        return replacements(question).filter(flight -> flight.cluster().equals(question.fault().cluster())).findFirst()
                .map(flight -> notYet("in-flight", (question.now().isBefore(flight.overdueAt())
                        ? "under way: "
                        : "overdue: ") + flight.request().id() + ", " + question.cluster().dataNodesUp(flight.excused())
                        + " of "
                        + flight.dataNodes() + " data nodes UP"))
                .orElseGet(() -> yes("in-flight", "none"));
    }

    static GateAnswer atOnce(Question.OfNode question) {
        int limit = question.safety().limits().atOnce();
        long flying = replacements(question).count();
        return answer("at-once", flying < limit, flying + " replacements under way in all clusters, at most " + limit);
    }

    static GateAnswer perZone(Question.OfNode question) {
        int limit = question.safety().limits().perZone();
        String zone = question.node().target().zone();
        long flying = replacements(question).filter(flight -> zoneOf(question, flight).equals(zone)).count();
        return answer("per-zone", flying < limit,
                flying + " replacements under way in zone " + zone + ", at most " + limit);
    }

    private static String zoneOf(Question.OfNode question, InFlight flight) {
        var replace = (ReplaceInstance) flight.request().command();
        return Optional.ofNullable(question.state().cluster(flight.cluster()).nodes().get(replace.node().name()))
                .map(node -> node.target().zone()).orElse("");
    }

    static GateAnswer perHour(Question.OfNode question) {
        int limit = question.safety().limits().perHour();
        var recent = question.state().ledger().asked().values().stream()
                .filter(asked -> asked.isReplacementIn(question.fault().cluster()))
                .map(Asked::at).filter(at -> at.plus(HOUR).isAfter(question.now()))
                .sorted(Comparator.naturalOrder()).toList();
        String numbers = recent.size() + " replacements in the last hour, at most " + limit;
        return recent.size() < limit
                ? yes("per-hour", numbers)
                : waitUntil(freeAgain(recent, limit), "per-hour", numbers);
    }

    private static Instant freeAgain(List<Instant> recent, int limit) {
        return Objects.requireNonNull(recent.get(recent.size() - limit)).plus(HOUR);
    }

    private static GateAnswer answer(String gate, boolean allowed, String numbers) {
        return allowed ? yes(gate, numbers) : notYet(gate, numbers);
    }

    private static Stream<InFlight> replacements(Question.OfNode question) {
        return question.state().inFlight().values().stream()
                .filter(flight -> flight.request().command() instanceof ReplaceInstance);
    }
}
