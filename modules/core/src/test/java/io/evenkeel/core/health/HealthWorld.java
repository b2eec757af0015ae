package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cluster under test: feeds the rules as the topic would, and keeps what they said. */
final class HealthWorld {

    static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    static final ClusterId CLUSTER = new ClusterId("primary");
    static final List<Vantage> VANTAGES = List.of(new Vantage("va", "z1"), new Vantage("vb", "z2"),
            new Vantage("vc", "z3"));
    static final ClusterView FINE = new ClusterView(5, 5, Canary.WORKS, Colour.GREEN, Master.SEEN, "");
    static final ClusterView DEAD = new ClusterView(5, 0, Canary.FAILED, Colour.UNKNOWN, Master.UNKNOWN, "refused");
    static final ClusterView RED = new ClusterView(5, 5, Canary.WORKS, Colour.RED, Master.SEEN, "");
    static final ClusterView MASTERLESS = new ClusterView(5, 3, Canary.WORKS, Colour.RED, Master.ABSENT, "");

    final HealthPolicy policy;
    final List<NodeTransition> nodes = new ArrayList<>();
    final List<VantageTransition> vantages = new ArrayList<>();
    final List<ClusterTransition> clusters = new ArrayList<>();
    private final Map<String, Long> counters = new HashMap<>();
    final ClusterHealth state = new ClusterHealth(CLUSTER);
    Instant now = T0;
    Instant listeningSince = Instant.EPOCH;

    HealthWorld() {
        this(policy(HealthDefaults.classes(3)));
    }

    HealthWorld(HealthPolicy policy) {
        this.policy = policy;
        tell(new HealthInput.ClusterExpected(CLUSTER, VANTAGES));
    }

    /** 2 to recover, healthy for 10 s, stale after 100 s, 300 s of grace; the rest by default. */
    static HealthPolicy policy(Map<FailureReason, FailureClass> classes) {
        var node = new NodePolicy(classes, 2, Duration.ofSeconds(10), Duration.ofSeconds(300), 3,
                HealthDefaults.CONTRADICTION_AFTER, HealthDefaults.OVERRIDE_FLAPPING_AFTER, HealthDefaults.FLAPPING,
                Duration.ofSeconds(100));
        return new HealthPolicy("r1", Map.of(NodeRole.DATA, node, NodeRole.MASTER, node, NodeRole.OTHER, node),
                new ClusterPolicy(3, 2, Duration.ofSeconds(10)), Duration.ofSeconds(100), Duration.ofSeconds(2));
    }

    static NodeTarget target(String name, String incarnation, Set<String> roles, NodeTarget.Phase phase) {
        return new NodeTarget(new NodeId(CLUSTER, name), incarnation, "http://127.0.0.1:9200", "z1",
                List.copyOf(roles), "", VANTAGES, phase);
    }

    static NodeTarget data(String name) {
        return target(name, "i-1", Set.of("data"), NodeTarget.Phase.EXPECTED);
    }

    HealthWorld tell(HealthInput input) {
        var step = state.apply(policy, input, new Moment(now, listeningSince));
        for (var output : step.outputs()) {
            switch (output) {
                case HealthOutput.NodeChanged(var transition) -> nodes.add(transition);
                case HealthOutput.VantageChanged(var transition) -> vantages.add(transition);
                case HealthOutput.ClusterChanged(var transition) -> clusters.add(transition);
            }
        }
        return this;
    }

    HealthWorld expect(NodeTarget target) {
        return tell(new HealthInput.NodeExpected(target));
    }

    HealthWorld probed(Vantage vantage, String node, boolean healthy) {
        return tell(new HealthInput.Probed(result(vantage, node, "i-1", healthy, nextCounter(vantage, node))));
    }

    long nextCounter(Vantage vantage, String node) {
        return counters.merge(vantage.name() + node, 1L, Long::sum);
    }

    static ProbeResult result(Vantage vantage, String node, String incarnation, boolean healthy, long counter) {
        ProbeResult.Outcome outcome = healthy
                ? new ProbeResult.Outcome.Success()
                : new ProbeResult.Outcome.Failure(FailureReason.CONNECT_REFUSED, "Connection refused");
        return new ProbeResult.NodeProbed(new NodeId(CLUSTER, node), incarnation,
                new ProbeSource(vantage.name(), vantage.zone(), "agent", "boot-1", counter),
                ProbeResult.Purpose.SCHEDULED, outcome,
                new ProbeResult.Timing(Duration.ofMillis(3), Duration.ofMillis(5), Duration.ofSeconds(30)));
    }

    HealthWorld probed(Vantage vantage, String node, ProbeResult.Purpose purpose, ProbeResult.Outcome outcome,
            String doubt, Duration lateness) {
        return tell(new HealthInput.Probed(new ProbeResult.NodeProbed(new NodeId(CLUSTER, node), "i-1",
                new ProbeSource(vantage.name(), vantage.zone(), "agent", "boot-1", nextCounter(vantage, node), doubt),
                purpose, outcome, new ProbeResult.Timing(Duration.ofMillis(3), Duration.ofMillis(5),
                        Duration.ofSeconds(30), lateness))));
    }

    HealthWorld clusterProbed(Vantage vantage, ClusterView view) {
        return tell(new HealthInput.Probed(new ProbeResult.ClusterProbed(CLUSTER, new ProbeSource(vantage.name(),
                vantage.zone(), "agent", "boot-1", nextCounter(vantage, "_cluster")), view,
                new ProbeResult.Timing(Duration.ofMillis(3), Duration.ofMillis(5), Duration.ofSeconds(30)))));
    }

    /** All vantages probe once, 30 s later. */
    HealthWorld round(String node, boolean healthy) {
        now = now.plusSeconds(30);
        VANTAGES.forEach(vantage -> probed(vantage, node, healthy));
        return this;
    }

    HealthWorld rounds(int count, String node, boolean healthy) {
        for (int i = 0; i < count; i++) {
            round(node, healthy);
        }
        return this;
    }

    HealthWorld clusterRounds(int count, ClusterView view) {
        for (int i = 0; i < count; i++) {
            now = now.plusSeconds(30);
            VANTAGES.forEach(vantage -> clusterProbed(vantage, view));
        }
        return this;
    }

    HealthWorld tick(Duration later) {
        now = now.plus(later);
        return tell(new HealthInput.Ticked());
    }

    NodeState stateOf(String node) {
        return state.node(node).orElseThrow().state();
    }
}
