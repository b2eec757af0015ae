package io.evenkeel.core.decision;

import io.evenkeel.core.action.Command;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.GateAnswer.Answer;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The gates of both actions, in fixed order. Each answers always, so that a record shows all of them; the first that is
 * not YES decides.
 */
final class Gates {

    private final DecisionState state;
    private final DecisionPolicy policy;
    private final Instant now;

    Gates(DecisionState state, DecisionPolicy policy, Instant now) {
        this.state = state;
        this.policy = policy;
        this.now = now;
    }

    List<GateAnswer> forReplacement(Fault fault) {
        var cluster = state.cluster(fault.cluster());
        var node = cluster.nodes().get(fault.name());
        if (node == null) {
            return List.of(new GateAnswer("evidence", Answer.NO, "nothing is known of the node"));
        }
        return List.of(nodeEvidence(node), failureClass(node),
                standingOrder(Intent.Kind.BRAKE, List.of(fault.cluster().value())),
                standingOrder(Intent.Kind.HOLD, List.of(fault.cluster().value())),
                standingOrder(Intent.Kind.MAINTENANCE, List.of(fault.cluster().value())), role(node), group(node),
                attempts(fault), actAfter(fault), clusterState(cluster), otherDataNodes(cluster, node),
                noReplacementInFlight(fault.cluster()), armed());
    }

    List<GateAnswer> forFailOver(Fault fault, DecisionPolicy.Service service) {
        var subjects = List.of(fault.cluster().value(), service.id().value());
        return List.of(clusterEvidence(state.cluster(fault.cluster())),
                standingOrder(Intent.Kind.BRAKE, subjects), standingOrder(Intent.Kind.HOLD, subjects),
                standingOrder(Intent.Kind.MAINTENANCE, subjects), latch(fault, service), attempts(fault),
                standby(service), coolDown(service), armed());
    }

    private GateAnswer nodeEvidence(NodeSituation node) {
        return node.state() == NodeState.DOWN
                ? yes("evidence", "DOWN since " + node.since())
                : wait("evidence", "it is " + node.state() + " now");
    }

    /** Overload, a full disk, a wrong certificate: what a healthy process can cause is no reason to replace it. */
    private static GateAnswer failureClass(NodeSituation node) {
        var cause = node.cause();
        String seen = cause.reasons() + (cause.confirmed() ? ", confirmed" : "");
        return cause.mayFollow() == Consequence.REPLACE
                ? yes("failure-class", seen)
                : no("failure-class", seen + " allows " + cause.mayFollow() + ", by the policy's table of classes");
    }

    private GateAnswer clusterEvidence(ClusterSituation cluster) {
        return switch (cluster.state()) {
            case FAILED -> yes("evidence", "FAILED since " + cluster.since());
            case QUORUM_LOST -> policy.failOverOnQuorumLost()
                    ? yes("evidence", "QUORUM_LOST since " + cluster.since() + ", fails over by policy")
                    : no("evidence", "master quorum lost: " + cluster.voters()
                            + "; searches still work, and the policy does not fail over on that");
            default -> wait("evidence", "it is " + cluster.state() + " now");
        };
    }

    private GateAnswer standingOrder(Intent.Kind kind, List<String> subjects) {
        String gate = kind.name().toLowerCase(java.util.Locale.ROOT);
        return state.intents().values().stream().filter(intent -> intent.kind() == kind && intent.activeAt(now))
                .filter(intent -> subjects.stream().anyMatch(intent::covers)).findFirst()
                .map(intent -> wait(gate, "by " + intent.by() + " on " + intent.subject() + ": " + intent.reason()))
                .orElseGet(() -> yes(gate, "none"));
    }

    private GateAnswer role(NodeSituation node) {
        var target = node.target();
        if (target.masterEligible()) {
            return no("role", "master-eligible: never replaced automatically; "
                    + state.cluster(target.node().cluster()).voters());
        }
        return target.holdsData() || target.roles().contains("ingest")
                ? yes("role", String.join(",", target.roles()))
                : no("role", "neither data nor ingest: " + String.join(",", target.roles()));
    }

    private static GateAnswer group(NodeSituation node) {
        return node.target().autoScalingGroup().isEmpty()
                ? no("group", "it is in no Auto Scaling group that could replace it")
                : yes("group", node.target().autoScalingGroup());
    }

    private GateAnswer attempts(Fault fault) {
        if (fault.used() >= policy.maxAttempts()) {
            return no("attempts", fault.used() + " of " + policy.maxAttempts() + " used up: a person is needed");
        }
        return now.isBefore(fault.notBefore())
                ? wait("attempts", "next attempt not before " + fault.notBefore())
                : yes("attempts", fault.used() + " of " + policy.maxAttempts() + " used");
    }

    private GateAnswer actAfter(Fault fault) {
        var due = fault.firstFailureAt().plus(policy.actAfter());
        String failing = Duration.between(fault.firstFailureAt(), now).toSeconds() + " s of "
                + policy.actAfter().toSeconds() + " s since the first failure";
        return now.isBefore(due) ? wait("act-after", failing) : yes("act-after", failing);
    }

    private static GateAnswer clusterState(ClusterSituation cluster) {
        return cluster.state() == ClusterState.HEALTHY || cluster.state() == ClusterState.DEGRADED
                ? yes("cluster-state", cluster.state().name())
                : wait("cluster-state", "the cluster is " + cluster.state());
    }

    private static GateAnswer otherDataNodes(ClusterSituation cluster, NodeSituation node) {
        var others = cluster.nodes().values().stream().filter(other -> other.expected() && other.target().holdsData())
                .filter(other -> !other.target().node().equals(node.target().node())).toList();
        long up = others.stream().filter(other -> other.state() == NodeState.UP).count();
        String numbers = up + " of " + others.size() + " other data nodes UP";
        return up == others.size() && up > 0 ? yes("other-data-nodes", numbers) : wait("other-data-nodes", numbers);
    }

    private GateAnswer noReplacementInFlight(ClusterId cluster) {
        return state.inFlight().values().stream().filter(flight -> flight.cluster().equals(cluster))
                .filter(flight -> flight.request().command() instanceof Command.ReplaceInstance).findFirst()
                .map(flight -> wait("in-flight", (now.isBefore(flight.overdueAt()) ? "under way: " : "overdue: ")
                        + flight.request().id() + ", " + state.cluster(cluster).dataNodesUp() + " of "
                        + flight.dataNodes() + " data nodes UP"))
                .orElseGet(() -> yes("in-flight", "none"));
    }

    private GateAnswer latch(Fault fault, DecisionPolicy.Service service) {
        var situation = state.services().get(service.id().value());
        if (situation == null) {
            return wait("latch", "the service is not known yet");
        }
        var status = situation.status();
        if (!status.active().equals(fault.cluster())) {
            return no("latch", "the service is active on " + status.active());
        }
        return switch (status.state()) {
            case ON_PRIMARY -> yes("latch", "active on its primary");
            case FAILING_OVER -> wait("latch", "a failover is under way since " + status.since());
            case FAILED_OVER -> no("latch", "already failed over at " + status.since()
                    + "; it latches until a person fails it back");
        };
    }

    private GateAnswer standby(DecisionPolicy.Service service) {
        var standby = state.cluster(service.standby());
        String numbers = service.standby() + " is " + standby.state() + " for "
                + (standby.since().equals(Instant.EPOCH) ? 0 : Duration.between(standby.since(), now).toSeconds())
                + " s, " + policy.standbyProof().toSeconds() + " s needed";
        return standby.healthyFor(policy.standbyProof(), now) ? yes("standby", numbers) : wait("standby", numbers);
    }

    private GateAnswer coolDown(DecisionPolicy.Service service) {
        var situation = state.services().get(service.id().value());
        var last = situation == null ? Instant.EPOCH : situation.lastFailoverAt();
        return now.isBefore(last.plus(policy.coolDown()))
                ? wait("cool-down", "last failover at " + last + ", cool-down " + policy.coolDown().toSeconds() + " s")
                : yes("cool-down", last.equals(Instant.EPOCH) ? "never failed over" : "last failover at " + last);
    }

    private GateAnswer armed() {
        return policy.armed()
                ? yes("armed", "by configuration")
                : no("armed", "dry-run: nothing is done until the configuration says armed");
    }

    private static GateAnswer yes(String gate, String numbers) {
        return new GateAnswer(gate, Answer.YES, numbers);
    }

    private static GateAnswer wait(String gate, String numbers) {
        return new GateAnswer(gate, Answer.WAIT, numbers);
    }

    private static GateAnswer no(String gate, String numbers) {
        return new GateAnswer(gate, Answer.NO, numbers);
    }
}
