package io.evenkeel.core.health;

/** States of a vantage, as one cluster knows it. */
public enum VantageState {
    /** Expected, and not heard of yet. */
    JOINING,
    /** Its results count. */
    VOTING,
    /** Nothing was heard of it for {@code staleAfter}: no vote. */
    SILENT,
    /** It doubts its own failures, or runs late: they don't count. */
    DOUBTED
}
