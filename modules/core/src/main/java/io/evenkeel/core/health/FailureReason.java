package io.evenkeel.core.health;

/** What a probe really saw when it did not see a healthy node. */
public enum FailureReason {
    /** Nobody listens on the port: the process is gone. */
    CONNECT_REFUSED, CONNECT_TIMEOUT,
    /** Connected, but no answer by the deadline: overloaded, paused or cut off. */
    READ_TIMEOUT,
    /** The connection was dropped while asking. */
    RESET, TLS,
    /** An HTTP status that is no answer of a healthy node. */
    HTTP_STATUS,
    /** 200, but not what was asked for: another cluster, not JSON, an empty node list. */
    BODY_MISMATCH,
    /** The canary query failed on every node tried. */
    CANARY_FAILED, STATUS_RED, NO_MASTER,
    /** 429: alive and rejecting. */
    OVERLOADED,
    /** A data path is fuller than the flood-stage watermark. */
    DISK,
    /** A healthy answer, but far slower than this target usually answers this vantage. */
    SLOW,
    /** Written by a newer or foreign agent; counts as a failure of unknown class. */
    OTHER
}
