package io.evenkeel.core.health;

/**
 * A cluster as one vantage saw it in one probe.
 *
 * @param nodesTried nodes asked, at least 1
 * @param nodesAnswered nodes that answered anything at all over HTTP
 * @param canary the canary query: a search on a configured index with a deadline
 * @param colour the colour that a node reported; UNKNOWN when none answered
 * @param master whether a node that answered sees an elected master
 * @param detail one line for people, at most 300 characters
 */
public record ClusterView(int nodesTried, int nodesAnswered, Canary canary, Colour colour, Master master,
        String detail) {

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
