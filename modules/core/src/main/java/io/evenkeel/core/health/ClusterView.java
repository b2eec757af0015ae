package io.evenkeel.core.health;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A cluster as one vantage saw it in one probe.
 *
 * @param nodesTried nodes asked, at least 1
 * @param nodesAnswered nodes that answered anything at all over HTTP
 * @param canary the canary query: a search on a configured index with a deadline
 * @param colour the colour that a node reported; UNKNOWN when none answered
 * @param master whether a node that answered sees an elected master
 * @param members whom the elected master counts in
 * @param detail one line for people, at most 300 characters
 */
public record ClusterView(int nodesTried, int nodesAnswered, Canary canary, Colour colour, Master master,
        Members members, String detail) {

    /** Elasticsearch's own membership, as told by a node that sees an elected master. */
    public sealed interface Members {
        /** @param nodes node names */
        record Listed(SortedSet<String> nodes) implements Members {
            public Listed {
                nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
            }
        }

        /** Nobody who sees a master could be asked. */
        record Unknown() implements Members {}
    }

    public enum Canary {
        WORKS,
        /** Failed on every node that was tried. */
        FAILED,
        /** The cluster answered but refused to run it: index missing, not allowed. Proves neither health nor failure. */
        UNPROVEN
    }

    public enum Colour {
        GREEN, YELLOW, RED, UNKNOWN
    }

    public enum Master {
        SEEN, ABSENT, UNKNOWN
    }

    /** Of an observer that can't tell the members. */
    public ClusterView(int nodesTried, int nodesAnswered, Canary canary, Colour colour, Master master, String detail) {
        this(nodesTried, nodesAnswered, canary, colour, master, new Members.Unknown(), detail);
    }

    public ClusterView {
        if (nodesTried < 1 || nodesAnswered < 0 || nodesAnswered > nodesTried) {
            throw new IllegalArgumentException("nodesAnswered must be 0 to nodesTried, and nodesTried >= 1, were "
                    + nodesAnswered + " of " + nodesTried);
        }
    }

    /** The service can't be used: no node answers, or the canary fails on every node tried. Never by colour. */
    public boolean unusable() {
        return nodesAnswered == 0 || canary == Canary.FAILED;
    }

    /** Usable and in order, as far as this vantage can see. */
    public boolean fine() {
        return !unusable() && canary == Canary.WORKS && master == Master.SEEN
                && (colour == Colour.GREEN || colour == Colour.YELLOW);
    }
}
