package io.evenkeel.core.health;

/** States of a node. Which of them follow from what is the table in {@link ClusterHealth}. */
public enum NodeState {
    JOINING, UP, SUSPECT, DOWN, RECOVERING, FLAPPING, UNKNOWN, UNREACHABLE, DRAINING, MAINTENANCE, RETIRED
}
