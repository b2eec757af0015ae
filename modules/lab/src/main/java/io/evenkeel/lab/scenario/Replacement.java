package io.evenkeel.lab.scenario;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.lab.LabPlan;
import io.evenkeel.lab.elasticsearch.ElasticsearchHealth;
import io.evenkeel.lab.process.LabException;
import java.time.Duration;
import java.util.Set;

/**
 * From a dead data node to another in its place, stage by stage.
 *
 * @param known names of the instances that were there before
 */
record Replacement(Stage stage, Set<String> known) {

    static final Duration DETECTED_WITHIN = Duration.ofSeconds(30);
    static final Duration ACTED_WITHIN = Duration.ofSeconds(30);
    private static final Duration REPLACED_WITHIN = Duration.ofMinutes(3);

    /** To be made before anything is killed. */
    static Replacement on(Stage stage) {
        return new Replacement(stage, Set.copyOf(stage.lab().instances().keySet()));
    }

    void awaitDown(String node) throws InterruptedException {
        stage.await("suspected", NodeTransition.class, t -> is(t, node, NodeState.SUSPECT), NodeTransition::reason,
                DETECTED_WITHIN);
        stage.await("detected: DOWN", NodeTransition.class, t -> is(t, node, NodeState.DOWN), NodeTransition::reason,
                DETECTED_WITHIN);
    }

    static boolean is(NodeTransition transition, String node, NodeState state) {
        return transition.node().name().equals(node) && transition.to() == state;
    }

    /** The first decision to replace a node that is not one of these; the node's name. */
    String awaitDecision(Set<String> besides) throws InterruptedException {
        var decided = stage.await("decided to replace", Decision.class,
                decision -> decision.verdict() == Verdict.ACT
                        && decision.action() == Decision.Action.REPLACE_INSTANCE
                        && !besides.contains(nodeOf(decision)),
                decision -> nodeOf(decision) + ": " + decision.reason(), ACTED_WITHIN);
        return nodeOf(decided);
    }

    private static String nodeOf(Decision decision) {
        return decision.subject().substring(decision.subject().indexOf('/') + 1);
    }

    /**
     * The call, its end, and another instance that is UP.
     *
     * @param calls how many calls of SetInstanceHealth there are by then
     * @param replacements names of what was launched for others
     * @return when it was UP
     */
    NodeTransition awaitAnother(String dead, int calls, Set<String> replacements) throws InterruptedException {
        stage.await("SetInstanceHealth called", () -> stage.calls("SetInstanceHealth") >= calls, ACTED_WITHIN);
        stage.await("action ended", ActionOutcome.class,
                outcome -> outcome.status().isEffective() && outcome.request().id().contains(dead),
                ActionOutcome::detail, ACTED_WITHIN);
        return stage.await("replacement UP", NodeTransition.class,
                t -> t.to() == NodeState.UP && t.target().holdsData() && t.node().cluster().equals(LabPlan.PRIMARY)
                        && !known.contains(t.node().name()) && !replacements.contains(t.node().name()),
                t -> t.node().toString(), REPLACED_WITHIN);
    }

    void awaitGreen() {
        try {
            ElasticsearchHealth.awaitGreen(stage.lab().primaryNodes(), REPLACED_WITHIN, _ -> {
            });
        } catch (LabException notGreen) {
            throw new ScenarioFailure("cluster green: " + notGreen.getMessage());
        }
        stage.reach("cluster green", stage.lab().primaryNodes().size() + " nodes");
    }

    void awaitResolved(String dead) throws InterruptedException {
        stage.await("alert resolved", Alert.class,
                alert -> alert.status() == Alert.Status.RESOLVED && alert.subject().endsWith("/" + dead), Alert::title,
                ACTED_WITHIN);
    }

    /** All of it, for one node. */
    void awaitReplaced(String dead) throws InterruptedException {
        awaitDecision(Set.of());
        awaitAnother(dead, 1, Set.of());
        awaitGreen();
        awaitResolved(dead);
        stage.require("SetInstanceHealth was called once", () -> stage.calls("SetInstanceHealth") == 1);
    }
}
