package io.evenkeel.core.health;

import io.evenkeel.core.cluster.NodeTarget;

/** What a node is for, as far as policies tell nodes apart. */
public enum NodeRole {
    /** Holds shards, whatever else it does. */
    DATA,
    /** Master-eligible and holds no shards. */
    MASTER,
    /** Neither: ingest, coordinating, machine learning. */
    OTHER;

    public static NodeRole of(NodeTarget target) {
        if (target.holdsData()) {
            return DATA;
        }
        return target.masterEligible() ? MASTER : OTHER;
    }
}
