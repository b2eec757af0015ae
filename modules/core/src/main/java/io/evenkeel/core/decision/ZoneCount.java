package io.evenkeel.core.decision;

/**
 * Nodes of one zone, as far as they are expected.
 *
 * @param bad DOWN or UNREACHABLE
 */
public record ZoneCount(int bad, int total) {

    static final ZoneCount NONE = new ZoneCount(0, 0);

    ZoneCount with(NodeSituation node) {
        return node.expected() ? new ZoneCount(bad + (node.bad() ? 1 : 0), total + 1) : this;
    }

    ZoneCount without(NodeSituation node) {
        return node.expected() ? new ZoneCount(bad - (node.bad() ? 1 : 0), total - 1) : this;
    }

    ZoneCount plus(ZoneCount other) {
        return new ZoneCount(bad + other.bad, total + other.total);
    }
}
