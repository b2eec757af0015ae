package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Voters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
    private final Map<String, NodeState> states = new HashMap<>();
    private final Map<ClusterId, ClusterState> clusterStates = new HashMap<>();
    private long version = 1;
    DecisionState state = DecisionState.empty();
    Instant now = T0;

    DecisionWorld(boolean armed) {
        policy = new DecisionPolicy("r1", armed, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(30),
                Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofSeconds(30), 3, false,
                List.of(new DecisionPolicy.Service(SERVICE, PRIMARY, STANDBY)));
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
            }
        }
        return this;
    }

    public static NodeTransition transition(String name, NodeState from, NodeState to, Instant at, long version) {
        var roles = new TreeSet<>(name.startsWith("m") ? Set.of("master") : Set.of("data", "ingest"));
        var target = new NodeTarget(new NodeId(PRIMARY, name), "i-" + name, "http://127.0.0.1:9200", "z1", roles,
                name.startsWith("m") ? "" : "data-group", List.of(), NodeTarget.Phase.EXPECTED);
        var cause = new Cause(List.of(FailureReason.CONNECT_REFUSED), true, Consequence.REPLACE);
        return new NodeTransition(target, from, to, at, version, version - 1, at, cause, "because", List.of(),
                List.of(),
                "r1");
    }

    public static ClusterTransition transition(ClusterId cluster, ClusterState from, ClusterState to, Instant at,
            long version) {
        return new ClusterTransition(cluster, from, to, at, version, version - 1, at, "because", Voters.of(3, 1),
                List.of(), List.of(), "r1");
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

    DecisionWorld later(int seconds) {
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
