package io.evenkeel.lab.scenario;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.FailoverTransition;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.lab.Indices;
import io.evenkeel.lab.LabPlan;
import io.evenkeel.lab.elasticsearch.ElasticsearchNode;
import java.time.Duration;
import java.util.List;

/** A cluster is lost, or looks as if it were. */
final class ClusterScenarios {

    private static final Duration DETECTED_WITHIN = Duration.ofSeconds(45);
    private static final Duration ACTED_WITHIN = Duration.ofSeconds(30);
    private static final String UNASSIGNABLE = "evenkeel-unassignable";

    private ClusterScenarios() {}

    static void killPrimary(Stage stage) throws InterruptedException {
        var standby = List.of(stage.lab().standby().spec().host());
        stage.fault("kill -9 every primary node",
                () -> stage.lab().primaryNodes().parallelStream().forEach(ElasticsearchNode::kill9));
        stage.await("detected: FAILED", ClusterTransition.class, t -> is(t, ClusterState.FAILED),
                ClusterTransition::reason, DETECTED_WITHIN);
        stage.await("decided to fail over", Decision.class,
                decision -> decision.action() == Decision.Action.FAIL_OVER && decision.verdict() == Verdict.ACT,
                Decision::reason, ACTED_WITHIN);
        stage.await("Route 53 changed", ActionOutcome.class, outcome -> outcome.status().isEffective(),
                ActionOutcome::detail, ACTED_WITHIN);
        stage.await("DNS answers with the standby", () -> stage.resolved().equals(standby), ACTED_WITHIN);
        stage.reach("a client by that name got an answer", NamedClient.search(stage.lab()));
        stage.await("failed over, latched", FailoverTransition.class,
                t -> t.state() == FailoverTransition.State.FAILED_OVER, t -> "active: " + t.active(), ACTED_WITHIN);
        stage.stays("no instance was set unhealthy", () -> stage.calls("SetInstanceHealth") == 0,
                LabPlan.ACT_AFTER.multipliedBy(2));
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
                LabPlan.ACT_AFTER.plus(Duration.ofSeconds(10)));
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
                Duration.ofSeconds(15));
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
