package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rule 4: a replacement waits {@code actAfter} from the first failure, and is asked for only while every other data node
 * of its cluster is UP, the cluster is HEALTHY or DEGRADED, and no other is in flight. One is in flight from its request
 * until it came to nothing, or the cluster has its data nodes again.
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
        private final List<Flight> flights = new ArrayList<>();
        private ClusterState state = ClusterState.UNKNOWN;
        private long version;

        private List<NodeTransition> dataNodes() {
            return nodes.values().stream().filter(node -> node.target().holdsData()
                    && node.to() != NodeState.RETIRED && node.to() != NodeState.DRAINING).toList();
        }

        private long up() {
            return dataNodes().stream().filter(node -> node.to() == NodeState.UP).count();
        }
    }

    private static final class Flight {
        private final ActionRequest request;
        private final int dataNodes;
        private boolean effective;

        private Flight(ActionRequest request, int dataNodes) {
            this.request = request;
            this.dataNodes = dataNodes;
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
            case UP, JOINING, DRAINING, RETIRED, MAINTENANCE -> book.firstFailures.remove(name);
            case SUSPECT, RECOVERING, FLAPPING, UNKNOWN, UNREACHABLE -> {
                // The spell goes on.
            }
        }
        book.flights.removeIf(flight -> flight.effective && book.up() >= flight.dataNodes);
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
        book.flights.removeIf(flight -> flight.effective && book.up() >= flight.dataNodes);
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
        var others = book.dataNodes().stream().filter(node -> !node.node().name().equals(name)).toList();
        require(!others.isEmpty() && others.stream().allMatch(node -> node.to() == NodeState.UP),
                request.id() + " was asked for while others are "
                        + others.stream().map(node -> node.node().name() + " " + node.to()).toList());
        require(book.flights.isEmpty(), request.id() + " was asked for while another is in flight");
        book.flights.add(new Flight(request, book.dataNodes().size()));
    }
}
