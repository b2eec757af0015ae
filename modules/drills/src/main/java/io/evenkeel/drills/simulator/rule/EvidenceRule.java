package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Vote;
import io.evenkeel.core.health.Vote.Stand;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Rule 1: no action without evidence that meets threshold and quorum, and none before it is armed. */
final class EvidenceRule extends Rule {

    private final Scene scene;
    private final Map<NodeId, NodeTransition> nodes = new HashMap<>();
    private final Map<ClusterId, ClusterTransition> clusters = new HashMap<>();
    private final Map<String, Intent> arming = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    EvidenceRule(Scene scene) {
        super(1, "no action without a quorum's evidence, dry-run until armed");
        this.scene = scene;
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.Told(DecisionInput.NodeChanged(var transition)) ->
                nodes.merge(transition.node(), transition, (a, b) -> a.version() > b.version() ? a : b);
            case Happening.Told(DecisionInput.ClusterChanged(var transition)) ->
                clusters.merge(transition.cluster(), transition, (a, b) -> a.version() > b.version() ? a : b);
            case Happening.Told(DecisionInput.IntentSet(var intent)) when intent.kind() == Intent.Kind.ARM ->
                arming.put(intent.key(), intent);
            case Happening.Told(DecisionInput.IntentReleased(var key)) -> arming.remove(key);
            case Happening.Requested(var request) -> judge(request);
            case Happening.Called(var claim) -> require(asked.contains(claim.request().id()),
                    "AWS was called for " + claim.request().id() + ", which was not asked for while it was armed");
            default -> {
                // Says nothing of evidence.
            }
        }
    }

    private void judge(ActionRequest request) {
        require(scene.policy().decision().armed() || arming.values().stream().anyMatch(
                intent -> request.issuedAt().isBefore(intent.expiresAt()) && Subjects.arms(intent, request.command())),
                request.id() + " was asked for, and nothing arms it");
        asked.add(request.id());
        switch (request.command()) {
            case Command.ReplaceInstance replace -> {
                var known = nodes.get(replace.node());
                require(known != null && known.to() == NodeState.DOWN
                        && known.cause().mayFollow() == Consequence.REPLACE
                        && known.target().incarnation().equals(replace.instanceId())
                        && isQuorum(known.votes(), List.of(Stand.DOWN, Stand.CONFIRMED_DOWN)),
                        request.id() + " was asked for on " + known);
            }
            case Command.FailOver over -> {
                var known = clusters.get(over.from());
                require(known != null && known.to() == ClusterState.FAILED
                        && isQuorum(known.votes(), List.of(Stand.DOWN)),
                        request.id() + " was asked for on " + known);
            }
        }
    }

    private static boolean isQuorum(List<Vote> votes, List<Stand> wanted) {
        long count = agreeing(votes, wanted).count();
        long zones = agreeing(votes, wanted).map(Vote::zone).distinct().count();
        long possible = votes.stream().map(Vote::zone).distinct().count();
        return count >= HealthPolicy.quorum(votes.size()) && zones >= Math.min(2, possible);
    }

    private static Stream<Vote> agreeing(List<Vote> votes, List<Stand> wanted) {
        return votes.stream().filter(vote -> wanted.contains(vote.stand()));
    }
}
