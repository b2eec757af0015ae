package io.evenkeel.core.health;

import java.time.Duration;
import java.time.Instant;

/**
 * When the vantages of a cluster were heard with nothing to judge: what its head learns only when something happens. Plain
 * numbers in two arrays, because every result comes by here. Not thread-safe.
 */
final class Pulses {

    private static final long NANOS = 1_000_000_000;
    /** No time of a result: nothing was heard since the head was settled. */
    private static final long SETTLED = Long.MIN_VALUE;

    private final String[] vantages;
    private final boolean[] trusted;
    private final long[] lastHeard;
    private final long[] heard;

    /** A head as it stands now; a vantage is trusted while it votes and nothing speaks against that. */
    Pulses(ClusterHead head, Duration staleAfter, Moment moment) {
        int count = head.watch().size();
        vantages = head.watch().keySet().toArray(new String[0]);
        trusted = new boolean[count];
        lastHeard = new long[count];
        heard = new long[count];
        for (int i = 0; i < count; i++) {
            var known = head.watch().get(vantages[i]);
            trusted[i] = known != null && known.state() == VantageState.VOTING
                    && known.verdict(true, staleAfter, moment) == VantageState.VOTING;
            lastHeard[i] = trusted[i] && known != null ? nanos(known.lastHeard()) : SETTLED;
            heard[i] = SETTLED;
        }
    }

    /** Whether a result of this vantage says nothing new of the vantage; also when the cluster does not expect it. */
    boolean isOrdinary(String vantage, Duration staleAfter, Moment moment) {
        int at = indexOf(vantage);
        return at < 0 || (trusted[at] && !moment.isSilent(instant(lastHeard[at]), staleAfter));
    }

    void heard(String vantage, Instant now) {
        int at = indexOf(vantage);
        if (at >= 0) {
            heard[at] = nanos(now);
            lastHeard[at] = heard[at];
        }
    }

    /** The head, told of all that was heard since. */
    ClusterHead settled(ClusterHead head) {
        var settled = head;
        for (int i = 0; i < vantages.length; i++) {
            var known = settled.watch().get(vantages[i]);
            if (heard[i] != SETTLED && known != null) {
                settled = settled.with(vantages[i], known.heard(instant(heard[i]), ""));
                heard[i] = SETTLED;
            }
        }
        return settled;
    }

    private int indexOf(String vantage) {
        for (int i = 0; i < vantages.length; i++) {
            if (vantages[i].equals(vantage)) {
                return i;
            }
        }
        return -1;
    }

    /** Good until the year 2262. */
    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS + time.getNano();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
