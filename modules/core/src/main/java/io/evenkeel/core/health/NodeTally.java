package io.evenkeel.core.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one vantage has said of one node so far.
 *
 * @param healthy what its newest result said
 * @param streak consecutive results that said so
 * @param streakSince when the first of them was observed
 * @param lastHeard append time of the newest
 * @param bootId boot id of the agent that sent the newest
 * @param counter the agent's counter of the newest: an equal or lower one of the same boot is a repeat
 * @param recent the newest results, oldest first, at most {@link #KEPT}
 */
public record NodeTally(boolean healthy, int streak, Instant streakSince, Instant lastHeard, String bootId,
        long counter, List<Evidence> recent) {

    /** Results kept per vantage as evidence: with up to five vantages a transition stays within its 20. */
    static final int KEPT = 4;

    public NodeTally {
        recent = List.copyOf(recent);
    }

    static NodeTally first(Evidence evidence, Instant now) {
        return new NodeTally(evidence.healthy(), 1, evidence.observedAt(), now, evidence.source().bootId(),
                evidence.source().counter(), List.of(evidence));
    }

    boolean isRepeat(ProbeSource source) {
        return source.bootId().equals(bootId) && source.counter() <= counter;
    }

    boolean isSilent(Instant now, Duration staleAfter) {
        return lastHeard.plus(staleAfter).isBefore(now);
    }

    /** Counts on: a result that says the same lengthens the streak, another one starts a new streak. */
    NodeTally plus(Evidence evidence, Instant now) {
        boolean same = evidence.healthy() == healthy;
        return new NodeTally(evidence.healthy(), same ? streak + 1 : 1, same ? streakSince : evidence.observedAt(), now,
                evidence.source().bootId(), evidence.source().counter(), kept(recent, evidence));
    }

    private static List<Evidence> kept(List<Evidence> recent, Evidence newest) {
        var kept = new ArrayList<>(recent.subList(Math.max(0, recent.size() - KEPT + 1), recent.size()));
        kept.add(newest);
        return kept;
    }

    Vote.Stand stand(HealthPolicy policy, Instant now) {
        if (isSilent(now, policy.staleAfter())) {
            return Vote.Stand.SILENT;
        }
        if (healthy) {
            return streak >= policy.recoveryThreshold() ? Vote.Stand.UP : Vote.Stand.RISING;
        }
        return streak >= policy.failureThreshold() ? Vote.Stand.DOWN : Vote.Stand.FAILING;
    }
}
