package io.evenkeel.lab.scenario;

import static io.evenkeel.lab.scenario.Replacement.ACTED_WITHIN;
import static io.evenkeel.lab.scenario.Replacement.DETECTED_WITHIN;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.FailoverTransition;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.lab.Indices;
import io.evenkeel.lab.LabPlan;
import io.evenkeel.lab.elasticsearch.ElasticsearchNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** More fails at once than may be replaced without a person. */
final class StormScenarios {

    /** Two of them may die, and one still holds everything. */
    private static final int DATA_NODES = 3;
    private static final Duration NOTHING_FOR = LabPlan.ACT_AFTER.plus(Duration.ofSeconds(5));

    private StormScenarios() {}

    static void twoNodesAtOnce(Stage stage) throws InterruptedException {
        var lab = stage.lab();
        Indices.spread(lab.masters().getFirst().url());
        lab.haveDataNodes(DATA_NODES);
        var victims = oneInEachZone(lab.instances().values()).stream().map(node -> node.spec().name()).toList();
        var replacement = Replacement.on(stage);
        stage.fault("kill -9 " + String.join(" and ", victims), () -> victims.parallelStream()
                .forEach(name -> Objects.requireNonNull(lab.instances().get(name)).kill9()));
        for (String victim : victims) {
            awaitDown(stage, victim);
        }
        var storm = awaitPage(stage, Action.FREEZE, LabPlan.PRIMARY + "/*");
        stage.stays("nothing is done", () -> stage.calls("SetInstanceHealth") == 0, NOTHING_FOR);
        stage.act("acknowledged by a person", () -> stage.command("acknowledge", storm.incident(), "--by", "lab",
                "--reason", "scenario: go on"));
        oneAfterTheOther(stage, replacement, Set.copyOf(victims));
        replacement.awaitGreen();
    }

    private static void oneAfterTheOther(Stage stage, Replacement replacement, Set<String> victims)
            throws InterruptedException {
        String first = replacement.awaitDecision(Set.of());
        var firstUp = replacement.awaitAnother(first, 1, Set.of());
        String second = replacement.awaitDecision(Set.of(first));
        replacement.awaitAnother(second, 2, Set.of(firstUp.node().name()));
        stage.require("the two that were killed were replaced", () -> Set.of(first, second).equals(victims));
        var calls = stage.callTimes("SetInstanceHealth");
        stage.require("SetInstanceHealth was called twice, the second time after the first replacement was UP",
                () -> calls.size() == 2 && calls.getLast().isAfter(firstUp.at()));
        replacement.awaitResolved(second);
    }

    private static List<ElasticsearchNode> oneInEachZone(Iterable<ElasticsearchNode> nodes) {
        var byZone = new TreeMap<String, ElasticsearchNode>();
        nodes.forEach(node -> byZone.putIfAbsent(node.spec().zone(), node));
        return List.copyOf(byZone.values());
    }

    static void zoneOut(Stage stage) throws InterruptedException {
        var lab = stage.lab();
        Indices.spread(lab.masters().getFirst().url());
        lab.haveDataNodes(DATA_NODES);
        var before = stage.resolved();
        var zone = fullestZone(lab.primaryNodes());
        stage.fault("kill -9 every node in " + zone.getKey(),
                () -> zone.getValue().parallelStream().forEach(ElasticsearchNode::kill9));
        for (var node : zone.getValue()) {
            awaitDown(stage, node.spec().name());
        }
        awaitPage(stage, Action.ZONAL_SHIFT, "*/zone/" + zone.getKey());
        for (var node : zone.getValue()) {
            if (lab.instances().containsKey(node.spec().name())) {
                stage.await("no replacement", Decision.class,
                        decision -> decision.subject().equals(LabPlan.PRIMARY + "/" + node.spec().name())
                                && decision.decidedBy().equals("zone") && decision.verdict() == Verdict.REFUSE,
                        Decision::reason, ACTED_WITHIN);
            }
        }
        stage.stays("no action, DNS unchanged", () -> nothingDone(stage) && stage.resolved().equals(before),
                NOTHING_FOR);
        stage.reach("a client by that name got an answer", NamedClient.search(lab));
        stage.require("there was one decision to leave a zone",
                () -> stage.all(Decision.class, decision -> decision.action() == Action.ZONAL_SHIFT).size() == 1);
    }

    private static boolean nothingDone(Stage stage) {
        return stage.calls("SetInstanceHealth") == 0 && stage.noneSinceFault(ActionOutcome.class, _ -> true)
                && stage.noneSinceFault(FailoverTransition.class, _ -> true)
                && stage.noneSinceFault(ClusterTransition.class, t -> t.to() == ClusterState.FAILED);
    }

    private static Map.Entry<String, List<ElasticsearchNode>> fullestZone(List<ElasticsearchNode> nodes) {
        return nodes.stream().collect(Collectors.groupingBy(node -> node.spec().zone())).entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size())).orElseThrow();
    }

    private static void awaitDown(Stage stage, String node) throws InterruptedException {
        stage.await("detected: DOWN", NodeTransition.class, t -> Replacement.is(t, node, NodeState.DOWN),
                t -> t.node() + ": " + t.reason(), DETECTED_WITHIN);
    }

    /** What stops actions is on record, and pages. */
    private static Decision awaitPage(Stage stage, Action action, String subject) throws InterruptedException {
        var stopped = stage.await("decided to stop", Decision.class,
                decision -> decision.action() == action && decision.subject().equals(subject), Decision::reason,
                ACTED_WITHIN);
        stage.await("page", Alert.class,
                alert -> alert.severity() == Alert.Severity.PAGE && alert.subject().equals(subject), Alert::title,
                ACTED_WITHIN);
        return stopped;
    }
}
