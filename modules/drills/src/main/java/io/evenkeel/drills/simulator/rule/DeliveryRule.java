package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.health.NodeHealth;
import io.evenkeel.core.health.NodeState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Rule 7: every transition reaches its topic, with its version: what HEALTH goes on from is what it told last, each
 * version follows the one before, and DECISION hears of all within a quarter of an hour.
 */
final class DeliveryRule extends Rule {

    private static final long TOLD_WITHIN = 15 * 60_000;

    private final Map<NodeId, Newest> written = new HashMap<>();
    private final Map<NodeId, Long> told = new HashMap<>();
    private final Map<ClusterId, Long> clusters = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private record Newest(long version, NodeState state) {}

    private record Waiting(NodeId node, long version, long since) {}

    DeliveryRule() {
        super(7, "every transition reaches its topic, versions unbroken");
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.NodeMoved(var transition) -> {
                var known = written.put(transition.node(), new Newest(transition.version(), transition.to()));
                follows(transition.node(), transition.previousVersion(), transition.version(),
                        known == null ? 0 : known.version());
                waiting.addLast(new Waiting(transition.node(), transition.version(), now));
            }
            case Happening.ClusterMoved(var transition) -> {
                var known = clusters.put(transition.cluster(), transition.version());
                follows(transition.cluster(), transition.previousVersion(), transition.version(),
                        known == null ? 0 : known);
            }
            case Happening.NodeKept(var node) -> kept(node);
            case Happening.Told(DecisionInput.NodeChanged(var transition)) -> {
                long known = told.getOrDefault(transition.node(), 0L);
                require(transition.version() <= known || transition.previousVersion() == known,
                        "DECISION hears of version "
                                + transition.version() + " of " + transition.node() + " after " + known);
                told.merge(transition.node(), transition.version(), Math::max);
            }
            default -> {
                // No transition.
            }
        }
    }

    private void follows(Object what, long previous, long version, long known) {
        require(previous == known && version > known,
                what + " went from version " + previous + " to " + version + ", its topic ends with " + known);
    }

    private void kept(NodeHealth node) {
        var known = written.get(node.target().node());
        boolean same = known == null
                ? node.version() == 0
                : node.version() == known.version() && node.state() == known.state();
        // A new incarnation begins anew in JOINING, under the version that it goes on from.
        boolean joining = node.state() == NodeState.JOINING && known != null && node.version() == known.version();
        if (!same && !joining) {
            breached(node.target().node() + " is " + node.state() + " in version " + node.version()
                    + ", its topic ends with " + known);
        }
    }

    @Override
    void goOn(long now) {
        while (!waiting.isEmpty()) {
            var oldest = waiting.peekFirst();
            if (told.getOrDefault(oldest.node(), 0L) < oldest.version()) {
                require(now - oldest.since() < TOLD_WITHIN,
                        "DECISION has not heard of version " + oldest.version() + " of " + oldest.node());
                return;
            }
            waiting.removeFirst();
        }
    }
}
