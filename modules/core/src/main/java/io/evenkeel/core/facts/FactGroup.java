package io.evenkeel.core.facts;

/** Facts that are read together, by one call, and so are equally old. */
public enum FactGroup {
    /** Members and voters: {@code _cluster/state/nodes,metadata}. */
    MEMBERSHIP,
    /** Where last started copies are: the routing table. */
    COPIES,
    /** What moves and what waits: {@code _cluster/health}. */
    ALLOCATION,
    /** Planned shutdowns: {@code _nodes/shutdown}. */
    SHUTDOWNS,
    /** Space up to the high watermark: {@code _nodes/stats/fs} and {@code _cluster/settings}. */
    DISKS,
    /** Suspended processes and instance refreshes of Auto Scaling groups. */
    SCALING
}
