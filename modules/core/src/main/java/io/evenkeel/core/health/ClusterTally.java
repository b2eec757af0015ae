package io.evenkeel.core.health;

import io.evenkeel.core.cluster.Vantage;
import java.time.Duration;
import java.time.Instant;

/**
 * What one vantage has said of one cluster so far: how many results in a row said each thing. A result can say several:
 * red and without a master, say.
 *
 * @param unusable in a row: no node answered or the canary failed everywhere
 * @param masterless in a row: no elected master was seen
 * @param notFine in a row: anything else than {@link ClusterView#fine()}
 * @param fine in a row
 * @param streakSince when the first of the present fine, or not fine, results was observed
 * @param lastHeard append time of the newest
 * @param bootId boot id of the agent that sent the newest
 * @param counter its counter
 * @param newest the newest result as evidence
 */
public record ClusterTally(int unusable, int masterless, int notFine, int fine, Instant streakSince, Instant lastHeard,
        String bootId, long counter, Evidence newest) {

    static ClusterTally first(ClusterView view, Evidence evidence, Instant now) {
        return new ClusterTally(view.unusable() ? 1 : 0, isMasterless(view) ? 1 : 0, view.fine() ? 0 : 1,
                view.fine() ? 1 : 0, evidence.observedAt(), now, evidence.source().bootId(),
                evidence.source().counter(), evidence);
    }

    boolean isRepeat(ProbeSource source) {
        return source.bootId().equals(bootId) && source.counter() <= counter;
    }

    boolean isSilent(Instant now, Duration staleAfter) {
        return lastHeard.plus(staleAfter).isBefore(now);
    }

    ClusterTally plus(ClusterView view, Evidence evidence, Instant now) {
        boolean same = view.fine() == fine > 0;
        return new ClusterTally(view.unusable() ? unusable + 1 : 0, isMasterless(view) ? masterless + 1 : 0,
                view.fine() ? 0 : notFine + 1, view.fine() ? fine + 1 : 0, same ? streakSince : evidence.observedAt(),
                now, evidence.source().bootId(), evidence.source().counter(), evidence);
    }

    private static boolean isMasterless(ClusterView view) {
        return view.master() == ClusterView.Master.ABSENT;
    }

    Vote vote(Vantage vantage, HealthPolicy policy, Instant now) {
        return new Vote(vantage.name(), vantage.zone(), stand(policy, now), Math.max(fine, notFine));
    }

    private Vote.Stand stand(HealthPolicy policy, Instant now) {
        if (isSilent(now, policy.staleAfter())) {
            return Vote.Stand.SILENT;
        }
        if (fine > 0) {
            return fine >= policy.recoveryThreshold() ? Vote.Stand.UP : Vote.Stand.RISING;
        }
        return notFine >= policy.failureThreshold() ? Vote.Stand.DOWN : Vote.Stand.FAILING;
    }

}
