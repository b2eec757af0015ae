package io.evenkeel.core.health;

import io.evenkeel.core.cluster.Vantage;
import java.time.Duration;
import java.time.Instant;

/**
 * What one vantage has said of one cluster so far: how many results in a row said each thing. A result can say several:
 * red and without a master, say.
 *
 * @param unusable in a row: no node answered or the canary failed everywhere
 * @param usable in a row: anything else
 * @param masterless in a row: no elected master was seen by who could tell
 * @param led in a row: an elected master was seen
 * @param notFine in a row: anything else than {@link ClusterView#fine()}
 * @param fine in a row
 * @param streakSince when the first of the present fine, or not fine, results was observed
 * @param doubt why its newest ill was not counted; empty when it was
 * @param newest the newest result as evidence
 */
public record ClusterTally(int unusable, int usable, int masterless, int led, int notFine, int fine,
        Instant streakSince,
        String doubt, Evidence newest) {

    static ClusterTally first(ClusterView view, Evidence evidence) {
        return none(evidence, "").plus(view, evidence);
    }

    /** Heard for the first time, or after silence, and not counted where it doubts itself. */
    static ClusterTally none(Evidence evidence, String doubt) {
        return new ClusterTally(0, 0, 0, 0, 0, 0, evidence.observedAt(), doubt, evidence);
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
        return new ClusterTally(next(unusable, view.unusable()), next(usable, !view.unusable()),
                next(masterless, view.master() == ClusterView.Master.ABSENT),
                next(led, view.master() == ClusterView.Master.SEEN), next(notFine, !view.fine()),
                next(fine, view.fine()), same ? streakSince : evidence.observedAt(), "", evidence);
    }

    private static int next(int inARow, boolean goesOn) {
        return goesOn ? inARow + 1 : 0;
    }

    /** Heard, but not counted. */
    ClusterTally doubted(String why, Evidence evidence) {
        return new ClusterTally(unusable, usable, masterless, led, notFine, fine, streakSince, why, evidence);
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
        int worse = policy.failureThreshold();
        // One more than that makes a cluster contested.
        int better = policy.recoveryThreshold() + 1;
        return same(unusable, other.unusable, worse) && same(masterless, other.masterless, worse)
                && same(notFine, other.notFine, worse) && same(usable, other.usable, better)
                && same(led, other.led, better) && same(fine, other.fine, better)
                && streakSince.equals(other.streakSince) && doubt.equals(other.doubt);
    }

    private static boolean same(int inARow, int other, int threshold) {
        return Math.min(inARow, threshold) == Math.min(other, threshold);
    }
}
