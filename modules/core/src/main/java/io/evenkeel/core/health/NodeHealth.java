package io.evenkeel.core.health;

import io.evenkeel.core.cluster.NodeTarget;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.Collections;

/**
 * All that is remembered of one node.
 *
 * @param target the node as it is expected now
 * @param state where it stands
 * @param since since when
 * @param version version of its last transition, 0 before the first
 * @param expectedSince when this incarnation was first expected: the start of the start-up grace
 * @param tallies by vantage name
 */
public record NodeHealth(NodeTarget target, NodeState state, Instant since, long version, Instant expectedSince,
        SortedMap<String, NodeTally> tallies) {

    public NodeHealth {
        tallies = Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
    }

    static NodeHealth joining(NodeTarget target, long version, Instant now) {
        return new NodeHealth(target, NodeState.JOINING, now, version, now, new TreeMap<>());
    }

    NodeHealth with(NodeTarget next) {
        return new NodeHealth(next, state, since, version, expectedSince, tallies);
    }

    NodeHealth with(String vantage, NodeTally tally) {
        var next = new TreeMap<>(tallies);
        next.put(vantage, tally);
        return new NodeHealth(target, state, since, version, expectedSince, next);
    }

    NodeHealth moved(NodeState next, Instant at, long nextVersion) {
        return new NodeHealth(target, next, at, nextVersion, expectedSince, tallies);
    }

}
