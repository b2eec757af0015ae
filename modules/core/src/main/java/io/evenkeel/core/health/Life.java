package io.evenkeel.core.health;

import java.time.Instant;

/**
 * Evidence of another kind than probes from outside, kept while a node's probes fail.
 *
 * @param kind where it comes from
 * @param alive what it says
 * @param observedAt when it was so
 */
public record Life(Kind kind, boolean alive, Instant observedAt) {

    /** Absent is silent: no kind of evidence is ever required. */
    public enum Kind {
        /** The elected master counts the node in. */
        MEMBERSHIP,
        /** The agent on the node's host says that it answers. */
        OWN_REPORT
    }
}
