package io.evenkeel.lab.scenario;

import static io.evenkeel.lab.scenario.Replacement.ACTED_WITHIN;
import static io.evenkeel.lab.scenario.Replacement.DETECTED_WITHIN;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.lab.LabPlan;
import io.evenkeel.lab.elasticsearch.ElasticsearchNode;
import java.time.Duration;

/** A node dies. */
final class NodeScenarios {

    private NodeScenarios() {}

    static void killDataNode(Stage stage) throws InterruptedException {
        var replacement = Replacement.on(stage);
        var victim = anyDataNode(stage);
        stage.fault("kill -9 " + victim.spec().name(), victim::kill9);
        replacement.awaitDown(victim.spec().name());
        replacement.awaitReplaced(victim.spec().name());
        announced(stage, "SUCCEEDED");
        People.awaitOneIncidentResolved(stage);
        stage.require("the dead-man's switches were fed",
                () -> stage.lab().receiver().heartbeats() > 0 && stage.lab().receiver().pipelineBeats() > 0);
    }

    static void hold(Stage stage) throws InterruptedException {
        var replacement = Replacement.on(stage);
        stage.command("hold", LabPlan.PRIMARY.value(), "--reason", "scenario", "--by", "lab", "--for", "10m");
        var victim = anyDataNode(stage);
        stage.fault("kill -9 " + victim.spec().name(), victim::kill9);
        replacement.awaitDown(victim.spec().name());
        stage.await("decided to wait: held", Decision.class,
                decision -> decision.verdict() == Verdict.WAIT && decision.reason().startsWith("hold"),
                Decision::reason, ACTED_WITHIN);
        stage.stays("nothing is done", () -> stage.calls("SetInstanceHealth") == 0,
                LabPlan.ACT_AFTER.plus(Duration.ofSeconds(5)));
        stage.act("released", () -> stage.command("release", LabPlan.PRIMARY.value()));
        replacement.awaitReplaced(victim.spec().name());
    }

    static void killMaster(Stage stage) throws InterruptedException {
        var victim = stage.lab().masters().get(1);
        var before = stage.resolved();
        stage.fault("kill -9 " + victim.spec().name(), victim::kill9);
        Replacement.on(stage).awaitDown(victim.spec().name());
        stage.await("alert", Alert.class, alert -> alert.title().contains("2 of 3 voters up"), Alert::title,
                ACTED_WITHIN);
        stage.await("decided to refuse", Decision.class, decision -> decision.verdict() == Verdict.REFUSE,
                Decision::reason, ACTED_WITHIN);
        stage.stays("no action, DNS unchanged",
                () -> stage.noneSinceFault(ActionOutcome.class, _ -> true) && stage.calls("SetInstanceHealth") == 0
                        && stage.resolved().equals(before),
                LabPlan.ACT_AFTER.plus(Duration.ofSeconds(5)));
        announced(stage, "2 of 3 voters up");
    }

    /** An observer's failure is never a target's, and the others go on seeing. */
    static void agentDead(Stage stage) throws InterruptedException {
        var replacement = Replacement.on(stage);
        String vantage = LabPlan.VANTAGES.getLast().name();
        var victim = anyDataNode(stage);
        stage.fault("kill -9 the agent of " + vantage, () -> stage.lab().agent(vantage).kill9());
        stage.await("alert: it is silent", Alert.class,
                alert -> alert.status() == Alert.Status.FIRING
                        && alert.subject().equals(LabPlan.PRIMARY + "/vantage/" + vantage),
                Alert::title, DETECTED_WITHIN);
        stage.stays("no node is DOWN or UNKNOWN for it", () -> noneFails(stage, ""), Duration.ofSeconds(10));
        stage.act("kill -9 " + victim.spec().name(), victim::kill9);
        replacement.awaitDown(victim.spec().name());
        replacement.awaitReplaced(victim.spec().name());
        stage.require("no other node was DOWN or UNKNOWN", () -> noneFails(stage, victim.spec().name()));
    }

    private static boolean noneFails(Stage stage, String besides) {
        return stage.noneSinceFault(NodeTransition.class, t -> !t.node().name().equals(besides)
                && (t.to() == NodeState.DOWN || t.to() == NodeState.UNKNOWN));
    }

    private static ElasticsearchNode anyDataNode(Stage stage) {
        return stage.lab().instances().values().stream().findFirst()
                .orElseThrow(() -> new ScenarioFailure("there is no data node"));
    }

    private static void announced(Stage stage, String text) throws InterruptedException {
        stage.await("announced on SNS", () -> stage.subjects().stream().anyMatch(subject -> subject.contains(text)),
                ACTED_WITHIN);
        stage.await("announced on EventBridge",
                () -> stage.events().stream().anyMatch(event -> event.toString().contains(text)), ACTED_WITHIN);
    }
}
