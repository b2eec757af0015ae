package io.evenkeel.lab.scenario;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.FailoverTransition;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.lab.Indices;
import io.evenkeel.lab.aws.HeldCalls;
import io.evenkeel.lab.LabPlan;
import io.evenkeel.lab.elasticsearch.ElasticsearchNode;
import java.time.Duration;
import java.util.List;

/** A cluster is lost, or looks as if it were. */
final class ClusterScenarios {

    private static final Duration DETECTED_WITHIN = Duration.ofSeconds(45);
    private static final Duration ACTED_WITHIN = Duration.ofSeconds(30);
    /** A lease of 60 s, which the dead owner's claim has still, a JVM's start, and the group's own time-out. */
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofMinutes(2);
    private static final String UNASSIGNABLE = "evenkeel-unassignable";

    private ClusterScenarios() {}

    static void killPrimary(Stage stage) throws InterruptedException {
        var standby = List.of(stage.lab().standby().spec().host());
        stage.fault("kill -9 every primary node",
                () -> stage.lab().primaryNodes().parallelStream().forEach(ElasticsearchNode::kill9));
        awaitFailed(stage, LabPlan.PRIMARY);
        awaitDecided(stage);
        stage.await("Route 53 changed", ActionOutcome.class, outcome -> outcome.status().isEffective(),
                ActionOutcome::detail, ACTED_WITHIN);
        awaitMoved(stage, standby);
        People.awaitPaged(stage);
        stage.stays("no instance was set unhealthy", () -> stage.calls("SetInstanceHealth") == 0,
                LabPlan.ACT_AFTER.multipliedBy(2));
        stage.act("the primary is started again", stage.lab()::restore);
        People.awaitOneIncidentResolved(stage);
    }

    private static void awaitFailed(Stage stage, ClusterId cluster) throws InterruptedException {
        stage.await("detected: " + cluster + " FAILED", ClusterTransition.class,
                t -> t.cluster().equals(cluster) && t.to() == ClusterState.FAILED, ClusterTransition::reason,
                DETECTED_WITHIN);
    }

    private static void awaitDecided(Stage stage) throws InterruptedException {
        stage.await("decided to fail over", Decision.class,
                decision -> decision.action() == Decision.Action.FAIL_OVER && decision.verdict() == Verdict.ACT,
                Decision::reason, ACTED_WITHIN);
    }

    private static void awaitMoved(Stage stage, List<String> standby) throws InterruptedException {
        stage.await("DNS answers with the standby", () -> stage.resolved().equals(standby), ACTED_WITHIN);
        stage.reach("a client by that name got an answer", NamedClient.search(stage.lab()));
        stage.await("failed over, latched", FailoverTransition.class,
                t -> t.state() == FailoverTransition.State.FAILED_OVER, t -> "active: " + t.active(), ACTED_WITHIN);
    }

    /** The call to Route 53 is on its way when its caller dies, and takes effect when nobody is there to hear. */
    static void pipelineKilled(Stage stage) throws InterruptedException {
        var lab = stage.lab();
        var standby = List.of(lab.standby().spec().host());
        var held = lab.aws().faults().hold(lab.failoverCall(), "", HeldCalls.Moment.BEFORE_EFFECT);
        stage.fault("kill -9 every primary node",
                () -> lab.primaryNodes().parallelStream().forEach(ElasticsearchNode::kill9));
        awaitFailed(stage, LabPlan.PRIMARY);
        awaitDecided(stage);
        stage.await("claimed", ActionOutcome.class, outcome -> outcome.status() == Status.STARTED,
                outcome -> "attempt " + outcome.attempt() + ", lease until " + outcome.leaseUntil(), ACTED_WITHIN);
        stage.await(lab.failoverCall() + " is on its way", () -> held.arrived() > 0, ACTED_WITHIN);
        stage.act("kill -9 run", () -> lab.pipeline().kill9());
        stage.act("the call takes effect", held::letGo);
        stage.act("another run is started", lab::startPipeline);
        stage.await("action ended", ActionOutcome.class, outcome -> outcome.status().isEffective(),
                outcome -> outcome.status() + " in attempt " + outcome.attempt() + ": " + outcome.detail(),
                TAKEN_OVER_WITHIN);
        awaitMoved(stage, standby);
        stage.require("Route 53 was changed once", () -> stage.calls(lab.failoverCall()) == 1);
        stage.require("there was one request", () -> stage.all(Decision.class,
                decision -> decision.verdict() == Verdict.ACT
                        && decision.action() == Decision.Action.FAIL_OVER)
                .size() == 1);
        stage.require("the service went FAILING_OVER, FAILED_OVER, each version after the other",
                () -> movedInOrder(stage.all(FailoverTransition.class, _ -> true)));
    }

    private static boolean movedInOrder(List<FailoverTransition> moves) {
        return moves.stream().map(FailoverTransition::state).toList()
                .equals(List.of(FailoverTransition.State.FAILING_OVER, FailoverTransition.State.FAILED_OVER))
                && moves.getLast().previousVersion() == moves.getFirst().version()
                && moves.getLast().version() > moves.getFirst().version();
    }

    /** A standby that is not well gets no traffic, however bad the primary is. */
    static void standbyDead(Stage stage) throws InterruptedException {
        var lab = stage.lab();
        var before = stage.resolved();
        stage.fault("kill -9 the standby", () -> lab.standby().kill9());
        awaitFailed(stage, LabPlan.STANDBY);
        stage.act("kill -9 every primary node",
                () -> lab.primaryNodes().parallelStream().forEach(ElasticsearchNode::kill9));
        awaitFailed(stage, LabPlan.PRIMARY);
        stage.await("page", Alert.class,
                alert -> alert.severity() == Alert.Severity.PAGE && alert.subject().equals(LabPlan.PRIMARY.value()),
                Alert::title, ACTED_WITHIN);
        stage.await("decided to wait: standby", Decision.class,
                decision -> decision.action() == Decision.Action.FAIL_OVER && decision.verdict() == Verdict.WAIT
                        && decision.decidedBy().equals("standby"),
                Decision::reason, ACTED_WITHIN);
        stage.stays("no failover, DNS unchanged",
                () -> stage.noneSinceFault(FailoverTransition.class, _ -> true)
                        && stage.noneSinceFault(ActionOutcome.class, _ -> true) && stage.resolved().equals(before),
                LabPlan.ACT_AFTER.plus(Duration.ofSeconds(5)));
    }

    static void killQuorum(Stage stage) throws InterruptedException {
        var before = stage.resolved();
        stage.fault("kill -9 two of three masters",
                () -> stage.lab().masters().subList(0, 2).parallelStream().forEach(ElasticsearchNode::kill9));
        stage.await("detected: QUORUM_LOST", ClusterTransition.class, t -> is(t, ClusterState.QUORUM_LOST),
                ClusterTransition::reason, DETECTED_WITHIN);
        stage.await("page", Alert.class,
                alert -> alert.severity() == Alert.Severity.PAGE && alert.subject().equals(LabPlan.PRIMARY.value())
                        && alert.title().contains("1 of 3 voters up, 2 needed"),
                Alert::title, ACTED_WITHIN);
        stage.await("decided to refuse", Decision.class,
                decision -> decision.action() == Decision.Action.FAIL_OVER && decision.verdict() == Verdict.REFUSE,
                Decision::reason, ACTED_WITHIN);
        stage.stays("no action, DNS unchanged",
                () -> stage.noneSinceFault(ActionOutcome.class, _ -> true) && stage.resolved().equals(before),
                LabPlan.ACT_AFTER.plus(Duration.ofSeconds(5)));
    }

    static void redIndex(Stage stage) throws InterruptedException {
        var before = stage.resolved();
        var node = stage.lab().masters().getFirst().url();
        stage.fault("an index that can be put nowhere", () -> Indices.createUnassignable(node, UNASSIGNABLE));
        stage.await("judged: DEGRADED", ClusterTransition.class, t -> is(t, ClusterState.DEGRADED),
                ClusterTransition::reason, DETECTED_WITHIN);
        stage.stays("no failover, no action, DNS unchanged",
                () -> stage.noneSinceFault(ActionOutcome.class, _ -> true) && stage.resolved().equals(before)
                        && stage.noneSinceFault(FailoverTransition.class, _ -> true),
                Duration.ofSeconds(10));
        Indices.delete(node, UNASSIGNABLE);
        stage.reach("the index is deleted", "");
        stage.await("judged: HEALTHY", ClusterTransition.class, t -> is(t, ClusterState.HEALTHY),
                ClusterTransition::reason, DETECTED_WITHIN);
        stage.await("alert resolved", Alert.class, alert -> alert.status() == Alert.Status.RESOLVED, Alert::title,
                ACTED_WITHIN);
    }

    private static boolean is(ClusterTransition transition, ClusterState state) {
        return transition.cluster().equals(LabPlan.PRIMARY) && transition.to() == state;
    }
}
