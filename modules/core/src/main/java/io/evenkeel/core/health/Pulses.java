package io.evenkeel.core.health;

import java.time.Duration;
import java.time.Instant;

/**
 * When the vantages of a cluster were heard with nothing to judge: what its head learns only when something happens. Plain
 * numbers in one array, because every result comes by here, and of a large fleet nothing is in the processor's cache. Not
 * thread-safe.
 */
final class Pulses {

    private static final long NANOS = 1_000_000_000;
    /** No time of a result: not trusted, or not heard since the head was settled. */
    private static final long NEVER = Long.MIN_VALUE;

    private final String[] vantages;
    /** For each vantage two: when it was last heard if it is trusted, and when since the head was settled. */
    private final long[] times;

    /** A head as it stands now; a vantage is trusted while it votes and nothing speaks against that. */
    Pulses(ClusterHead head, Duration staleAfter, Moment moment) {
        vantages = head.watch().keySet().toArray(new String[0]);
        times = new long[2 * vantages.length];
        for (int i = 0; i < vantages.length; i++) {
            var known = head.watch().get(vantages[i]);
            boolean trusted = known != null && known.state() == VantageState.VOTING
                    && known.verdict(true, staleAfter, moment) == VantageState.VOTING;
            times[2 * i] = trusted && known != null ? nanos(known.lastHeard()) : NEVER;
            times[2 * i + 1] = NEVER;
        }
    }

    /** Whether a result of this vantage says nothing new of the vantage; also when the cluster does not expect it. */
    boolean isOrdinary(String vantage, Duration staleAfter, Moment moment) {
        int at = indexOf(vantage);
        return at < 0 || (times[2 * at] != NEVER && !moment.isSilent(instant(times[2 * at]), staleAfter));
    }

    void heard(String vantage, Instant now) {
        int at = indexOf(vantage);
        if (at >= 0) {
            times[2 * at] = nanos(now);
            times[2 * at + 1] = times[2 * at];
        }
    }

    /** The head, told of all that was heard since. */
    ClusterHead settled(ClusterHead head) {
        var settled = head;
        for (int i = 0; i < vantages.length; i++) {
            var known = settled.watch().get(vantages[i]);
            if (times[2 * i + 1] != NEVER && known != null) {
                settled = settled.with(vantages[i], known.heard(instant(times[2 * i + 1]), ""));
                times[2 * i + 1] = NEVER;
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
