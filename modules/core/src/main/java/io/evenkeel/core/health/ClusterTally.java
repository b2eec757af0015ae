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
 * @param doubt why its newest ill was not counted; empty when it was
 * @param newest the newest result as evidence
 */
public record ClusterTally(int unusable, int masterless, int notFine, int fine, Instant streakSince, String doubt,
        Evidence newest) {

    static ClusterTally first(ClusterView view, Evidence evidence) {
        return new ClusterTally(view.unusable() ? 1 : 0, isMasterless(view) ? 1 : 0, view.fine() ? 0 : 1,
                view.fine() ? 1 : 0, evidence.observedAt(), "", evidence);
    }

    /** An equal or lower counter of the same boot, or of another boot and observed before the newest. */
    boolean knows(ProbeSource source, Instant observed) {
        return source.bootId().equals(newest.source().bootId())
                ? source.counter() <= newest.source().counter()
                : observed.isBefore(newest.observedAt());
    }

    boolean isSilent(Moment moment, Duration staleAfter) {
        return moment.isSilent(newest.observedAt(), staleAfter);
    }

    ClusterTally plus(ClusterView view, Evidence evidence) {
        boolean same = view.fine() == fine > 0;
        return new ClusterTally(view.unusable() ? unusable + 1 : 0, isMasterless(view) ? masterless + 1 : 0,
                view.fine() ? 0 : notFine + 1, view.fine() ? fine + 1 : 0, same ? streakSince : evidence.observedAt(),
                "", evidence);
    }

    /** Heard, but not counted. */
    ClusterTally doubted(String why, Evidence evidence) {
        return new ClusterTally(unusable, masterless, notFine, fine, streakSince, why, evidence);
    }

    private static boolean isMasterless(ClusterView view) {
        return view.master() == ClusterView.Master.ABSENT;
    }

    Vote vote(Vantage vantage, HealthPolicy policy, Moment moment) {
        return new Vote(vantage.name(), vantage.zone(), stand(policy, moment), Math.max(fine, notFine));
    }

    private Vote.Stand stand(HealthPolicy policy, Moment moment) {
        if (isSilent(moment, policy.staleAfter())) {
            return Vote.Stand.SILENT;
        }
        if (!doubt.isEmpty()) {
            return Vote.Stand.DOUBTED;
        }
        if (fine > 0) {
            return fine >= policy.cluster().recoveryThreshold() ? Vote.Stand.UP : Vote.Stand.RISING;
        }
        return notFine >= policy.cluster().failureThreshold() ? Vote.Stand.DOWN : Vote.Stand.FAILING;
    }

    /** Whether the difference to another one must survive a crash: counts beyond their thresholds need not. */
    boolean survivesAs(ClusterTally other, ClusterPolicy policy) {
        int most = policy.failureThreshold();
        return Math.min(unusable, most) == Math.min(other.unusable, most)
                && Math.min(masterless, most) == Math.min(other.masterless, most)
                && Math.min(notFine, most) == Math.min(other.notFine, most)
                && Math.min(fine, policy.recoveryThreshold()) == Math.min(other.fine, policy.recoveryThreshold())
                && streakSince.equals(other.streakSince) && doubt.equals(other.doubt);
    }
}
