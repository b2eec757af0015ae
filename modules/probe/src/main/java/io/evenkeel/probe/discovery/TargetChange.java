package io.evenkeel.probe.discovery;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.HealthInput.ClusterExpected;

/** A difference between {@code targets} and what should stand there. */
sealed interface TargetChange {

    record PutNode(NodeTarget target) implements TargetChange {}

    record PutCluster(ClusterExpected cluster) implements TargetChange {}

    /** A tombstone. */
    record Delete(NodeId node) implements TargetChange {}
}
