package io.evenkeel.core.health;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.SharedParts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is remembered of one node: a value, judged by {@link NodeRules}.
 *
 * @param target the node as it is expected now
 * @param state where it stands
 * @param since since when
 * @param version version of its last transition, 0 before the first
 * @param expectedSince when this incarnation was first expected: the start of the start-up grace
 * @param cause what the last transition rested on
 * @param downSince since when a quorum votes DOWN; {@link Instant#MAX} when none does
 * @param bad whether a quorum saw failures when it was last judged
 * @param score flaps, as of {@code scoredAt}; see {@link Flapping}
 * @param lives other evidence, one at most of each kind; empty while no probe fails
 * @param tallies by vantage name
 */
public record NodeHealth(NodeTarget target, NodeState state, Instant since, long version, Instant expectedSince,
        Cause cause, Instant downSince, boolean bad, double score, Instant scoredAt, List<Life> lives,
        SortedMap<String, NodeTally> tallies) {

    public NodeHealth {
        lives = List.copyOf(lives);
        tallies = Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
    }

    static NodeHealth joining(NodeTarget target, long version, Instant now) {
        return new NodeHealth(target, NodeState.JOINING, now, version, now, Cause.NONE, Instant.MAX, false, 0,
                Instant.EPOCH, List.of(), new TreeMap<>());
    }

    /** An equal one that holds with others what it has in common with them. */
    NodeHealth sharing(SharedParts parts) {
        var next = new TreeMap<String, NodeTally>();
        tallies.values().forEach(tally -> {
            var sender = parts.same(tally.observer());
            next.put(sender.vantage(), tally.sentBy(sender));
        });
        return new NodeHealth(target.sharing(parts), state, since, version, expectedSince, cause, downSince, bad, score,
                scoredAt, lives, next);
    }

    NodeHealth with(NodeTarget next) {
        return new NodeHealth(next, state, since, version, expectedSince, cause, downSince, bad, score, scoredAt,
                lives, tallies);
    }

    NodeHealth with(String vantage, NodeTally tally) {
        var next = new TreeMap<>(tallies);
        next.put(vantage, tally);
        boolean trouble = next.values().stream().anyMatch(NodeTally::inTrouble);
        return new NodeHealth(target, state, since, version, expectedSince, cause, downSince, bad, score, scoredAt,
                trouble ? lives : List.of(), next);
    }

    NodeHealth with(Life life) {
        var next = new ArrayList<>(lives);
        next.removeIf(known -> known.kind() == life.kind());
        next.add(life);
        return new NodeHealth(target, state, since, version, expectedSince, cause, downSince, bad, score, scoredAt,
                next, tallies);
    }

    NodeHealth moved(NodeTransition transition) {
        return new NodeHealth(target, transition.to(),
                transition.to() == state ? since : transition.at(), transition.version(), expectedSince,
                transition.cause(), downSince, bad, score, scoredAt, lives, tallies);
    }

    /** What a ballot changed: since when a quorum votes DOWN, and the flaps. */
    NodeHealth noted(Instant down, boolean nowBad, double nextScore, Instant at) {
        return new NodeHealth(target, state, since, version, expectedSince, cause, down, nowBad, nextScore, at, lives,
                tallies);
    }

    NodeRole role() {
        return NodeRole.of(target);
    }

    /** Whether any probe of it fails: only then other evidence matters. */
    boolean inTrouble() {
        for (var tally : tallies.values()) {
            if (tally.inTrouble()) {
                return true;
            }
        }
        return false;
    }

    /** Flaps by now: each halves every half-life. */
    double score(Flapping flapping, Instant now) {
        return score == 0
                ? 0
                : score * Math.pow(0.5, (double) Duration.between(scoredAt, now).toMillis()
                        / flapping.halfLife().toMillis());
    }

    /** Whether the difference to another one must survive a crash. */
    boolean survivesAs(NodeHealth other, NodePolicy numbers) {
        return state == other.state && version == other.version && target.equals(other.target)
                && expectedSince.equals(other.expectedSince) && cause.equals(other.cause)
                && downSince.equals(other.downSince) && bad == other.bad && score == other.score
                && lives.size() == other.lives.size()
                && ((isNew() && other.isNew()) || sameTallies(other.tallies, numbers));
    }

    /** It has not been UP yet, and nobody saw it fail: who has seen it answer, and how often, will be seen again. */
    private boolean isNew() {
        return state == NodeState.JOINING && tallies.values().stream().allMatch(NodeTally::isClean);
    }

    private boolean sameTallies(Map<String, NodeTally> others, NodePolicy numbers) {
        if (tallies.size() != others.size()) {
            return false;
        }
        for (var entry : tallies.entrySet()) {
            var other = others.get(entry.getKey());
            if (other == null || !entry.getValue().survivesAs(other, numbers)) {
                return false;
            }
        }
        return true;
    }
}
