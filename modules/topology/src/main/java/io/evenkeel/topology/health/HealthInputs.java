package io.evenkeel.topology.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.events.Tick;
import io.evenkeel.topology.decode.Tombstone;
import java.util.List;

/** What a decoded record of {@code probe-results} or {@code targets} means to the rules. */
public final class HealthInputs {

    private HealthInputs() {}

    /**
     * What the rules are told.
     *
     * @throws IllegalStateException for an event of another topic
     */
    public static HealthInput of(Object event) {
        return switch (event) {
            case ProbeResult result -> new HealthInput.Probed(result);
            case NodeTarget target -> new HealthInput.NodeExpected(target);
            case HealthInput.ClusterExpected expected -> expected;
            case Tick _ -> new HealthInput.Ticked();
            case Tombstone gone when isNode(gone) -> new HealthInput.NodeForgotten(NodeId.parse(gone.key()));
            case Tombstone gone -> new HealthInput.ClusterExpected(new ClusterId(gone.key()), List.of());
            default -> throw new IllegalStateException("no input of HEALTH: " + event.getClass().getName());
        };
    }

    /**
     * Whom it is about.
     *
     * @throws IllegalStateException for a tick, which is about all, and for an event of another topic
     */
    public static ClusterId cluster(Object event) {
        return switch (event) {
            case ProbeResult result -> result.cluster();
            case NodeTarget target -> target.node().cluster();
            case HealthInput.ClusterExpected expected -> expected.cluster();
            case Tombstone gone when isNode(gone) -> NodeId.parse(gone.key()).cluster();
            case Tombstone gone -> new ClusterId(gone.key());
            default -> throw new IllegalStateException("about no cluster: " + event.getClass().getName());
        };
    }

    private static boolean isNode(Tombstone gone) {
        return gone.key().indexOf('/') > 0;
    }
}
