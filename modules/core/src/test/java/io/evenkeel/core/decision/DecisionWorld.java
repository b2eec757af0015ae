package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Vote;
import io.evenkeel.core.health.Voters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two clusters and a service under test; feeds the rules and keeps what they said. */
public final class DecisionWorld {

    public static final ClusterId PRIMARY = new ClusterId("primary");
    public static final ClusterId STANDBY = new ClusterId("standby");
    static final ServiceId SERVICE = new ServiceId("search");
    static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

    final DecisionPolicy policy;
    final List<Decision> decisions = new ArrayList<>();
    final List<ActionRequest> requests = new ArrayList<>();
    final List<FailoverTransition> moves = new ArrayList<>();
    final List<Intent> raised = new ArrayList<>();
    private final Map<String, NodeState> states = new HashMap<>();
    private final Map<ClusterId, ClusterState> clusterStates = new HashMap<>();
    private long version = 1;
    DecisionState state = DecisionState.empty(_ -> 0);
    Instant now = T0;

    /** The defaults; one replacement right after the other, so that each test says what else it waits for. */
    static final DecisionPolicy POLICY = DecisionPolicy
            .defaults("r1", List.of(new DecisionPolicy.Service(SERVICE, PRIMARY, STANDBY)))
            .with(SafetyPolicy.defaults().withBlockPeriod(Duration.ZERO)
                    .with(new SafetyPolicy.Limits(3, 100, 3, 1))
                    .with(new SafetyPolicy.Brake(100, Duration.ofMinutes(10))));

    DecisionWorld(boolean armed) {
        this(POLICY.withArmed(armed));
    }

    DecisionWorld(DecisionPolicy policy) {
        this.policy = policy;
        cluster(PRIMARY, ClusterState.HEALTHY);
        cluster(STANDBY, ClusterState.HEALTHY);
        for (String master : List.of("m1", "m2", "m3")) {
            node(master, NodeState.UP);
        }
        node("d1", NodeState.UP);
        node("d2", NodeState.UP);
        now = now.plusSeconds(120);
    }

    DecisionWorld tell(DecisionInput input) {
        var step = DecisionRules.apply(state, policy, input, now);
        state = step.state();
        for (var output : step.outputs()) {
            switch (output) {
                case DecisionOutput.Decided(var decision) -> decisions.add(decision);
                case DecisionOutput.Requested(var request) -> requests.add(request);
                case DecisionOutput.ServiceChanged(var move) -> moves.add(move);
                case DecisionOutput.IntentRaised(var intent) -> raised.add(intent);
            }
        }
        return this;
    }

    static final List<Vote> VOTES = List.of(new Vote("va", "z1", Vote.Stand.DOWN, 3),
            new Vote("vb", "z2", Vote.Stand.CONFIRMED_DOWN, 3), new Vote("vc", "z3", Vote.Stand.UP, 9));

    public static NodeTransition transition(String name, NodeState from, NodeState to, Instant at, long version) {
        return transition(new NodeId(PRIMARY, name), "z1", from, to, at, version);
    }

    static NodeTransition transition(NodeId node, String zone, NodeState from, NodeState to, Instant at,
            long version) {
        boolean master = node.name().startsWith("m");
        var roles = master ? List.of("master") : List.of("data", "ingest");
        var target = new NodeTarget(node, "i-" + node.name(), "http://127.0.0.1:9200", zone, roles,
                master ? "" : "data-group", List.of(), NodeTarget.Phase.EXPECTED);
        var cause = new Cause(List.of(FailureReason.CONNECT_REFUSED), true, Consequence.REPLACE);
        return new NodeTransition(target, from, to, at, version, version - 1, at, cause, "because", VOTES, List.of(),
                "r1");
    }

    public static ClusterTransition transition(ClusterId cluster, ClusterState from, ClusterState to, Instant at,
            long version) {
        return new ClusterTransition(cluster, from, to, at, version, version - 1, at, "because", Voters.of(3, 1),
                VOTES, List.of(), "r1");
    }

    DecisionWorld node(ClusterId cluster, String zone, String name, NodeState to) {
        var from = states.put(cluster + "/" + name, to);
        return tell(new DecisionInput.NodeChanged(transition(new NodeId(cluster, name), zone,
                from == null ? NodeState.JOINING : from, to, now, version++)));
    }

    DecisionWorld downSince(String name, Instant firstFailureAt) {
        var down = transition(name, NodeState.UP, NodeState.DOWN, now, version++);
        return tell(new DecisionInput.NodeChanged(new NodeTransition(down.target(), down.from(), down.to(), down.at(),
                down.version(), down.previousVersion(), firstFailureAt, down.cause(), down.reason(), down.votes(),
                down.evidence(), down.policyRevision())));
    }

    DecisionWorld set(Intent.Kind kind, String subject) {
        return tell(new DecisionInput.IntentSet(
                new Intent(kind, subject, "alex", "deploy", now, now.plus(Duration.ofHours(1)))));
    }

    DecisionWorld order(Order.Kind kind, String incident) {
        return tell(new DecisionInput.OrderGiven(someOrder(kind, incident)));
    }

    /** Another one each time. */
    Order someOrder(Order.Kind kind, String incident) {
        return new Order("order-" + version++, kind, incident, "alex", "looked", now, now.plusSeconds(1_800), 0);
    }

    DecisionWorld node(String name, NodeState to) {
        var from = states.put(name, to);
        return tell(new DecisionInput.NodeChanged(
                transition(name, from == null ? NodeState.JOINING : from, to, now, version++)));
    }

    DecisionWorld cluster(ClusterId id, ClusterState to) {
        var from = clusterStates.put(id, to);
        return tell(new DecisionInput.ClusterChanged(
                transition(id, from == null ? ClusterState.UNKNOWN : from, to, now, version++)));
    }

    /** Time goes on, and HEALTH with it. */
    DecisionWorld later(int seconds) {
        now = now.plusSeconds(seconds);
        return judgedUpTo(now).tell(new DecisionInput.Ticked());
    }

    DecisionWorld judgedUpTo(Instant time) {
        return tell(new DecisionInput.HealthProgressed(new HealthProgress(0, time)));
    }

    /** Time goes on, and HEALTH stands still. */
    DecisionWorld laterUnjudged(int seconds) {
        now = now.plusSeconds(seconds);
        return tell(new DecisionInput.Ticked());
    }

    DecisionWorld outcome(ActionRequest request, ActionOutcome.Status status) {
        return tell(new DecisionInput.OutcomeReported(
                new ActionOutcome(request, status, "owner", 1, now.plusSeconds(60), now, status.name())));
    }

    DecisionWorld hold(String subject) {
        return tell(new DecisionInput.IntentSet(
                new Intent(Intent.Kind.HOLD, subject, "alex", "deploy", now, now.plus(Duration.ofHours(1)))));
    }

    DecisionWorld release(String subject) {
        return tell(new DecisionInput.IntentReleased(Intent.key(Intent.Kind.HOLD, subject)));
    }

    Decision last() {
        return decisions.getLast();
    }
}
