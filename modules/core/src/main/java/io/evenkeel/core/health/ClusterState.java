package io.evenkeel.core.health;

/** States of a cluster, of the use that can be made of it, not of its colour. */
public enum ClusterState {
    /** The canary works, a master is seen, green or yellow. */
    HEALTHY,
    /** Usable, but red, or the canary can't be proved, or it was lost and is not in order for long enough yet. */
    DEGRADED,
    /** No node answers or the canary fails on every node tried, from a quorum of vantages. */
    FAILED,
    /** The canary works, but no master is seen: reads go on, writes don't. */
    QUORUM_LOST,
    /** Too few vantages report to say anything. */
    UNKNOWN, MAINTENANCE
}
