package io.evenkeel.core.health;

import io.evenkeel.core.cluster.Vantage;
import java.time.Duration;
import java.time.Instant;

/**
 * What a cluster remembers of one vantage.
 *
 * @param state where it stands
 * @param since since when
 * @param version version of its last transition, 0 before the first
 * @param lastHeard append time of its newest result; EPOCH before the first
 * @param doubtedAt append time of its newest result with a doubt; EPOCH when there was none
 * @param doubt what that said; empty when there was none
 */
public record VantageHealth(VantageState state, Instant since, long version, Instant lastHeard, Instant doubtedAt,
        String doubt) {

    /** A doubt is over when none was heard for this long. Redis Sentinel's TILT lasts 30 s. */
    static final Duration DOUBT_LASTS = Duration.ofSeconds(30);

    /** Expected from now on: it has {@code staleAfter} to be heard. */
    static VantageHealth joining(Instant now) {
        return new VantageHealth(VantageState.JOINING, now, 0, now, Instant.EPOCH, "");
    }

    VantageHealth heard(Instant now, String doubted) {
        return new VantageHealth(state, since, version, now, doubted.isEmpty() ? doubtedAt : now,
                doubted.isEmpty() ? doubt : doubted);
    }

    VantageHealth moved(VantageTransition transition) {
        return new VantageHealth(transition.to(), transition.at(), transition.version(), lastHeard, doubtedAt, doubt);
    }

    VantageState verdict(boolean everHeard, Duration staleAfter, Moment moment) {
        if (moment.isSilent(lastHeard, staleAfter)) {
            return VantageState.SILENT;
        }
        if (!everHeard) {
            return state;
        }
        return !doubt.isEmpty() && moment.now().isBefore(doubtedAt.plus(DOUBT_LASTS))
                ? VantageState.DOUBTED
                : VantageState.VOTING;
    }

    String reason(VantageState verdict, Vantage vantage, Duration staleAfter) {
        return switch (verdict) {
            case SILENT -> "nothing heard of " + vantage.name() + " for more than " + staleAfter.toSeconds() + " s";
            case DOUBTED -> doubt;
            case VOTING -> "its results count";
            case JOINING -> "expected";
        };
    }

    boolean survivesAs(VantageHealth other) {
        return state == other.state && version == other.version;
    }
}
