package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import java.util.List;

/** What the health rules of one cluster are told. */
public sealed interface HealthInput {

    record Probed(ProbeResult result) implements HealthInput {}

    /** The cluster itself is to be watched from these vantages. */
    record ClusterExpected(ClusterId cluster, List<Vantage> vantages) implements HealthInput {
        public ClusterExpected {
            vantages = List.copyOf(vantages);
        }
    }

    record NodeExpected(NodeTarget target) implements HealthInput {}

    /** The target's record was deleted: it is as if it had never been. */
    record NodeForgotten(NodeId node) implements HealthInput {}

    /** Time went on. */
    record Ticked() implements HealthInput {}
}
