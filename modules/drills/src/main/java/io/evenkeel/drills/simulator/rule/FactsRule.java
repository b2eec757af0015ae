package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.SafetyPolicy.Facts;
import io.evenkeel.core.facts.FactGroup;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Rule 4, of what a replacement would lose: where facts are required, each group must be fresh; and where it is known where
 * last copies are, no node is replaced that in truth has, or last had, the only started copy of a shard.
 */
final class FactsRule extends Rule {

    private final Scene scene;
    private final Map<ClusterId, Map<FactGroup, Long>> readAt = new HashMap<>();

    FactsRule(Scene scene) {
        super(4, "nothing is replaced blindly, and no last copy");
        this.scene = scene;
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.Told(DecisionInput.FactsRead(var facts, var receivedAt)) -> {
                var known = readAt.computeIfAbsent(facts.cluster(), _ -> new EnumMap<>(FactGroup.class));
                facts.ages().forEach(
                        (group, age) -> known.merge(group, receivedAt.minus(age).toEpochMilli(), Math::max));
            }
            case Happening.Requested(var request) when request.command() instanceof ReplaceInstance replace ->
                requested(request, replace);
            default -> {
                // Says nothing of facts.
            }
        }
    }

    private void requested(ActionRequest request, ReplaceInstance replace) {
        var policy = scene.policy().decision().safety().facts();
        if (policy.use() == Facts.Use.OFF) {
            return;
        }
        var known = readAt.getOrDefault(replace.node().cluster(), Map.of());
        long oldest = request.issuedAt().minus(policy.maxAge()).toEpochMilli();
        if (policy.use() == Facts.Use.REQUIRED) {
            for (var group : FactGroup.values()) {
                require(known.getOrDefault(group, 0L) >= oldest,
                        request.id() + " was asked for without knowing " + group);
            }
        }
        var node = scene.world().node(replace.node());
        boolean knowsCopies = known.getOrDefault(FactGroup.COPIES, 0L) >= oldest;
        if (knowsCopies && node.instance().equals(replace.instanceId())) {
            int last = scene.world().shards(replace.node().cluster()).lastCopies(node);
            require(last == 0, request.id() + " was asked for, and " + node + " has the last copy of " + last
                    + " shards");
        }
    }
}
