package io.evenkeel.core.health;

/** What a probe really saw when it did not see a healthy node: the class of the failure. */
public enum FailureReason {
    /** Nobody listens on the port: the process is gone. */
    CONNECT_REFUSED(2),
    /** No connection by the deadline: the host is gone, cut off, or its backlog is full. */
    CONNECT_TIMEOUT(3),
    /** Connected, but no answer by the deadline: overloaded, paused or cut off. */
    READ_TIMEOUT(4),
    /** The connection was dropped while asking. */
    RESET(5),
    /** No TLS, or a certificate that is not trusted. */
    TLS(6),
    /** An HTTP status that is no answer of a healthy node. */
    HTTP_STATUS(7),
    /** 200, but not what was asked for: another cluster, not JSON, an empty node list. */
    BODY_MISMATCH(8),
    /** The canary query failed on every node tried. */
    CANARY_FAILED(9),
    /** Red, where it was asked of a single node. */
    STATUS_RED(10),
    /** The node sees no elected master. */
    NO_MASTER(11),
    /** 429: alive and rejecting. */
    OVERLOADED(12),
    /** A data path is fuller than the flood-stage watermark. */
    DISK(13),
    /** A healthy answer, but far slower than this target usually answers this vantage. */
    SLOW(14),
    /** Written by a newer or foreign agent; counts as a failure of unknown class. */
    OTHER(15);

    private final int code;

    FailureReason(int code) {
        this.code = code;
    }

    /** Seen only of a process that answers for itself: alerts may follow, never its replacement. */
    public boolean isAlive() {
        return switch (this) {
            case OVERLOADED, SLOW, DISK, NO_MASTER, STATUS_RED -> true;
            default -> false;
        };
    }

    /** For good: changelogs hold it in 4 bits, see {@link History}. */
    int code() {
        return code;
    }
}
