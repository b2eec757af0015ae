package io.evenkeel.bench.heap;

import io.evenkeel.bench.Fleet;
import io.evenkeel.bench.Wire;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.SharedParts;
import io.evenkeel.core.health.ClusterHealth;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.Moment;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.events.Topics;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

/** A fleet as HEALTH holds it, without Kafka: the rules alone, told what the pipeline would tell them. */
final class HealthWorld {

    private static final Topics TOPICS = new Topics();
    private static final HealthPolicy POLICY = HealthPolicy.defaults("bench");

    private final SharedParts shared = new SharedParts();
    private final Map<String, ClusterHealth> clusters = new HashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final Map<String, Instant> promised = new HashMap<>();
    private Moment moment = Moment.of(Instant.parse("2026-01-01T00:00:00Z"));

    private record Due(Instant at, String cluster) {}

    /** All of it expected, heard of from every vantage often enough, and UP. */
    static HealthWorld inOrder(Fleet fleet, Wire wire) {
        var world = new HealthWorld();
        // One after the other: a million nodes that come up at once would need gigabytes for a moment.
        for (int cluster = 0; cluster < fleet.clusters(); cluster++) {
            world.expect(fleet, cluster, wire);
            for (int round = 1; round <= 3; round++) {
                world.timeGoesOn(1);
                world.everyVantageReports(fleet, cluster, round, wire);
            }
        }
        world.requireAllUp(fleet);
        return world;
    }

    private void expect(Fleet fleet, int cluster, Wire wire) {
        var id = Fleet.cluster(cluster);
        clusters.put(id.value(), new ClusterHealth(id, shared));
        apply(wire.overTheWire(TOPICS.targets(), Fleet.expected(cluster), ClusterExpected.class));
        for (int node = 0; node < fleet.nodes(); node++) {
            apply(new HealthInput.NodeExpected(
                    wire.overTheWire(TOPICS.targets(), Fleet.target(cluster, node), NodeTarget.class)));
        }
    }

    private void everyVantageReports(Fleet fleet, int cluster, long counter, Wire wire) {
        for (int vantage = 0; vantage < Fleet.vantages(); vantage++) {
            heard(copy(wire, Fleet.inOrder(cluster, vantage, counter)));
            for (int node = 0; node < fleet.nodes(); node++) {
                heard(copy(wire, Fleet.healthy(cluster, node, vantage, counter)));
            }
        }
    }

    private static ProbeResult copy(Wire wire, ProbeResult result) {
        return wire.overTheWire(TOPICS.probeResults(), result, ProbeResult.class);
    }

    private void requireAllUp(Fleet fleet) {
        long up = clusters.values().stream().flatMap(cluster -> cluster.nodes().stream())
                .filter(node -> node.state() == NodeState.UP).count();
        if (up != fleet.targets()) {
            throw new IllegalStateException("all " + fleet.targets() + " targets should be UP, but " + up + " are");
        }
    }

    /** The broker's clock moves, and what is due by then gets its tick. */
    void timeGoesOn(long millis) {
        moment = Moment.of(moment.now().plusMillis(millis));
        while (!due.isEmpty() && !due.peek().at().isAfter(moment.now())) {
            var next = due.poll();
            if (promised.remove(next.cluster(), next.at())) {
                apply(next.cluster(), new HealthInput.Ticked());
            }
        }
    }

    void heard(ProbeResult result) {
        String id = result.cluster().value();
        var cluster = clusters.get(id);
        if (cluster == null) {
            throw new IllegalStateException("nobody expects " + id);
        }
        follow(id, cluster.heard(POLICY, result, moment)
                .orElseThrow(() -> new IllegalStateException("nobody expects this of " + id)));
    }

    private void apply(ClusterExpected expected) {
        apply(expected.cluster().value(), expected);
    }

    private void apply(HealthInput.NodeExpected expected) {
        apply(expected.target().node().cluster().value(), expected);
    }

    private Instant promised(Instant next, String id) {
        return next.equals(Instant.MAX) ? Instant.MIN : promised.getOrDefault(id, Instant.MAX);
    }

    private void apply(String id, HealthInput input) {
        follow(id, Objects.requireNonNull(clusters.get(id)).apply(POLICY, input, moment));
    }

    private void follow(String id, ClusterHealth.Step step) {
        var next = step.nextCheck();
        if (next.isBefore(promised(next, id))) {
            promised.put(id, next);
            due.add(new Due(next, id));
        }
    }
}
