package io.evenkeel.lab.scenario;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.lab.LabPlan;
import io.evenkeel.lab.elasticsearch.ElasticsearchHealth;
import io.evenkeel.lab.elasticsearch.ElasticsearchNode;
import io.evenkeel.lab.process.LabException;
import java.time.Duration;
import java.util.List;

/** A node dies. */
final class NodeScenarios {

    private static final Duration DETECTED_WITHIN = Duration.ofSeconds(30);
    private static final Duration ACTED_WITHIN = Duration.ofSeconds(30);
    private static final Duration REPLACED_WITHIN = Duration.ofSeconds(90);

    private NodeScenarios() {}

    static void killDataNode(Stage stage) throws InterruptedException {
        var victim = anyDataNode(stage);
        kill(stage, victim);
        awaitDown(stage, victim.spec().name());
        awaitReplaced(stage, victim.spec().name());
        stage.require("SetInstanceHealth was called once", () -> stage.calls("SetInstanceHealth") == 1);
        announced(stage, "SUCCEEDED");
        stage.require("the dead-man's switch was fed", () -> stage.lab().receiver().heartbeats() > 0);
    }

    static void hold(Stage stage) throws InterruptedException {
        run(stage, List.of("hold", LabPlan.PRIMARY.value(), "--reason", "scenario", "--by", "lab", "--for", "10m"));
        var victim = anyDataNode(stage);
        kill(stage, victim);
        awaitDown(stage, victim.spec().name());
        stage.await("decided to wait: held", Decision.class,
                decision -> decision.verdict() == Verdict.WAIT && decision.reason().startsWith("hold"),
                Decision::reason, ACTED_WITHIN);
        stage.stays("nothing is done", () -> stage.calls("SetInstanceHealth") == 0,
                LabPlan.ACT_AFTER.plus(Duration.ofSeconds(10)));
        run(stage, List.of("release", LabPlan.PRIMARY.value()));
        stage.reach("released", "");
        awaitReplaced(stage, victim.spec().name());
        stage.require("SetInstanceHealth was called once", () -> stage.calls("SetInstanceHealth") == 1);
    }

    private static void run(Stage stage, List<String> command) throws InterruptedException {
        int code = stage.lab().command(command);
        if (code != 0) {
            throw new ScenarioFailure("evenkeel " + String.join(" ", command) + " ended with " + code);
        }
    }

    static void killMaster(Stage stage) throws InterruptedException {
        var victim = stage.lab().masters().get(1);
        var before = stage.resolved();
        kill(stage, victim);
        awaitDown(stage, victim.spec().name());
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

    private static ElasticsearchNode anyDataNode(Stage stage) {
        return stage.lab().instances().values().stream().findFirst()
                .orElseThrow(() -> new ScenarioFailure("there is no data node"));
    }

    private static void kill(Stage stage, ElasticsearchNode victim) {
        stage.fault("kill -9 " + victim.spec().name(), victim::kill9);
    }

    private static void awaitDown(Stage stage, String node) throws InterruptedException {
        stage.await("suspected", NodeTransition.class,
                t -> t.node().name().equals(node) && t.to() == NodeState.SUSPECT, NodeTransition::reason,
                DETECTED_WITHIN);
        stage.await("detected: DOWN", NodeTransition.class,
                t -> t.node().name().equals(node) && t.to() == NodeState.DOWN, NodeTransition::reason,
                DETECTED_WITHIN);
    }

    private static void awaitReplaced(Stage stage, String dead) throws InterruptedException {
        stage.await("decided to replace", Decision.class, decision -> decision.verdict() == Verdict.ACT,
                Decision::reason, ACTED_WITHIN);
        stage.await("SetInstanceHealth called", () -> stage.calls("SetInstanceHealth") > 0, ACTED_WITHIN);
        stage.await("action ended", ActionOutcome.class,
                outcome -> outcome.status().isEffective() && names(outcome.request(), dead), ActionOutcome::detail,
                ACTED_WITHIN);
        var up = stage.await("replacement UP", NodeTransition.class,
                t -> t.to() == NodeState.UP && t.from() == NodeState.JOINING && t.target().holdsData(),
                t -> t.node().toString(), REPLACED_WITHIN);
        stage.require("it is another instance", () -> !up.node().name().equals(dead));
        try {
            ElasticsearchHealth.awaitGreen(stage.lab().primaryNodes(), REPLACED_WITHIN, _ -> {
            });
        } catch (LabException notGreen) {
            throw new ScenarioFailure("cluster green: " + notGreen.getMessage());
        }
        stage.reach("cluster green", stage.lab().primaryNodes().size() + " nodes");
        stage.await("alert resolved", Alert.class,
                alert -> alert.status() == Alert.Status.RESOLVED && alert.subject().endsWith("/" + dead), Alert::title,
                ACTED_WITHIN);
    }

    private static boolean names(ActionRequest request, String node) {
        return request.id().contains(node);
    }

    private static void announced(Stage stage, String text) throws InterruptedException {
        stage.await("announced on SNS",
                () -> stage.lab().receiver().subjects().stream().anyMatch(subject -> subject.contains(text)),
                ACTED_WITHIN);
        stage.await("announced on EventBridge",
                () -> stage.lab().aws().events().stream().anyMatch(event -> event.toString().contains(text)),
                ACTED_WITHIN);
    }
}
