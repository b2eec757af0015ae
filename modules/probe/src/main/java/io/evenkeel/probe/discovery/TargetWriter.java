package io.evenkeel.probe.discovery;

import io.evenkeel.core.cluster.NodeId;

/** Where differences go. Must not block for long, and never throws for what Kafka does. */
public interface TargetWriter {

    /** @param target a NodeTarget or ClusterExpected */
    void put(Object target);

    void delete(NodeId node);
}
