package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rule 4: a replacement waits {@code actAfter} from the first failure, and is asked for only while every other data node
 * of its cluster is UP, the cluster is HEALTHY or DEGRADED, and no other is in flight. One is in flight from its request
 * until it came to nothing, or the cluster has its data nodes again. Nodes of a storm that a person has acknowledged do
 * not count against one another, and nothing is asked for in a storm that nobody has.
 */
final class LimitsRule extends Rule {

    /** A node that comes and goes is failing all the time for who looks each half minute. Milliseconds. */
    private static final long BEFORE = 5 * 60_000;
    /** A probe that was lost with nothing wrong may be the first of those that fail. Milliseconds. */
    private static final long LOST_PROBE = 35_000;

    private final Scene scene;
    private final Map<ClusterId, Book> books = new HashMap<>();
    private final Map<String, Intent> intents = new HashMap<>();

    private static final class Book {
        private final Map<String, NodeTransition> nodes = new HashMap<>();
        private final Map<String, Long> firstFailures = new HashMap<>();
        /** What a person has said go on about, and has not been well since. */
        private final Set<String> lookedAt = new HashSet<>();
        /** Incident of the storm that stops everything; empty while there is none. */
        private String storm = "";
        private final List<Flight> flights = new ArrayList<>();
        private ClusterState state = ClusterState.UNKNOWN;
        private long version;

        private List<NodeTransition> dataNodes() {
            return nodes.values().stream().filter(node -> node.target().holdsData()
                    && node.to() != NodeState.RETIRED && node.to() != NodeState.DRAINING).toList();
        }

        private boolean isOver(Flight flight) {
            return flight.effective && flight.needed <= dataNodes().stream().filter(node -> node.to() == NodeState.UP
                    && !flight.excused.contains(node.node().name())).count();
        }
    }

    private static final class Flight {
        private final ActionRequest request;
        private final long needed;
        private final Set<String> excused;
        private boolean effective;

        private Flight(ActionRequest request, long needed, Set<String> excused) {
            this.request = request;
            this.needed = needed;
            this.excused = excused;
        }
    }

    LimitsRule(Scene scene) {
        super(4, "limits of replacements");
        this.scene = scene;
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.Told(var input) -> told(input, now);
            case Happening.Decided(var decision) when decision.action() == Decision.Action.FREEZE -> storm(decision);
            case Happening.Requested(var request) when request.command() instanceof ReplaceInstance replace ->
                requested(request, replace);
            default -> {
                // Changes no limit.
            }
        }
    }

    private void told(DecisionInput input, long now) {
        switch (input) {
            case DecisionInput.NodeChanged(var transition) -> node(transition);
            case DecisionInput.ClusterChanged(var transition) -> {
                var book = book(transition.cluster());
                if (transition.version() > book.version) {
                    book.version = transition.version();
                    book.state = transition.to();
                }
            }
            case DecisionInput.OutcomeReported(var outcome) when outcome.status().isEnd()
                    && outcome.request().command() instanceof ReplaceInstance replace ->
                ended(book(replace.node().cluster()), outcome);
            case DecisionInput.OrderGiven(var order) when order.kind() == Order.Kind.ACKNOWLEDGE -> looked(order);
            case DecisionInput.IntentSet(var intent) -> intents.put(intent.key(), intent);
            case DecisionInput.IntentReleased(var key) -> released(key, now);
            default -> {
                // Changes no limit.
            }
        }
    }

    private Book book(ClusterId cluster) {
        return books.computeIfAbsent(cluster, _ -> new Book());
    }

    private void node(NodeTransition transition) {
        var book = book(transition.node().cluster());
        String name = transition.node().name();
        var known = book.nodes.get(name);
        if (known != null && known.version() >= transition.version()) {
            return;
        }
        book.nodes.put(name, transition);
        switch (transition.to()) {
            case DOWN -> book.firstFailures.putIfAbsent(name, transition.firstFailureAt().toEpochMilli());
            case UP, JOINING, DRAINING, RETIRED, MAINTENANCE -> {
                book.firstFailures.remove(name);
                book.lookedAt.remove(name);
            }
            case SUSPECT, RECOVERING, FLAPPING, UNKNOWN, UNREACHABLE -> {
                // The spell goes on.
            }
        }
        book.flights.removeIf(book::isOver);
    }

    private void storm(Decision decision) {
        books.forEach((cluster, book) -> {
            if (decision.subject().equals(cluster + "/*")) {
                boolean over = decision.verdict() == Decision.Verdict.CLOSED;
                book.storm = over ? "" : decision.incident();
                if (!over) {
                    book.lookedAt.clear();
                }
            }
        });
    }

    private void looked(Order order) {
        books.values().stream().filter(book -> book.storm.equals(order.incident())).forEach(book -> {
            book.storm = "";
            book.lookedAt.clear();
            book.nodes.values().stream()
                    .filter(node -> node.to() == NodeState.DOWN || node.to() == NodeState.UNREACHABLE)
                    .forEach(node -> book.lookedAt.add(node.node().name()));
        });
    }

    private void ended(Book book, ActionOutcome outcome) {
        for (var flight : List.copyOf(book.flights)) {
            if (flight.request.id().equals(outcome.request().id())) {
                switch (outcome.status()) {
                    case REFUSED, FAILED -> book.flights.remove(flight);
                    case SUCCEEDED, ALREADY_DONE -> flight.effective = true;
                    case STARTED, UNKNOWN_EFFECT -> {
                        // It may have happened: it stays in flight.
                    }
                }
            }
        }
        book.flights.removeIf(book::isOver);
    }

    /** A person has looked: what was overdue there no longer counts. */
    private void released(String key, long now) {
        var intent = intents.remove(key);
        if (intent == null) {
            return;
        }
        long overdue = now - scene.policy().decision().replaceWithin().toMillis();
        books.forEach((cluster, book) -> book.flights
                .removeIf(flight -> (intent.covers(cluster.value()) || intent.covers(flight.request.serialKey()))
                        && flight.request.issuedAt().toEpochMilli() <= overdue));
    }

    private void requested(ActionRequest request, ReplaceInstance replace) {
        var book = book(replace.node().cluster());
        String name = replace.node().name();
        long first = book.firstFailures.getOrDefault(name, Long.MAX_VALUE);
        long failing = request.issuedAt().toEpochMilli() - first;
        require(failing >= scene.policy().decision().actAfter().toMillis(),
                request.id() + " was asked for " + failing + " ms after the first failure");
        long due = request.issuedAt().toEpochMilli() - scene.policy().decision().actAfter().toMillis();
        require(scene.world().node(replace.node()).gone().within(due - BEFORE, due + LOST_PROBE),
                request.id() + " was asked for, but the node was well " + scene.policy().decision().actAfter()
                        + " before");
        require(book.state == ClusterState.HEALTHY || book.state == ClusterState.DEGRADED,
                request.id() + " was asked for while the cluster is " + book.state);
        require(book.storm.isEmpty(), request.id() + " was asked for in the storm " + book.storm);
        require(book.flights.isEmpty(), request.id() + " was asked for while another is in flight");
        var others = book.dataNodes().stream().filter(node -> !node.node().name().equals(name)).toList();
        var excused = new HashSet<String>();
        if (book.lookedAt.contains(name)) {
            others.stream().filter(node -> node.to() != NodeState.UP).map(node -> node.node().name())
                    .filter(book.lookedAt::contains).forEach(excused::add);
        }
        require(others.size() > excused.size() && others.stream().allMatch(
                node -> node.to() == NodeState.UP || excused.contains(node.node().name())),
                request.id() + " was asked for while others are "
                        + others.stream().map(node -> node.node().name() + " " + node.to()).toList());
        book.flights.add(new Flight(request, book.dataNodes().size() - excused.size(), excused));
    }
}
