package io.evenkeel.core.health;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that rules go by, and since when somebody listens. While nobody did (the pipeline moved or was down, Kafka
 * stood still), silence says nothing of those who could not be heard.
 *
 * @param now newest append time of the partition
 * @param listeningSince append time of the first record after nobody listened; not after {@code now}
 */
public record Moment(Instant now, Instant listeningSince) {

    /** Listening all the time. */
    public static Moment of(Instant now) {
        return new Moment(now, Instant.EPOCH);
    }

    /** Ticks come each second: a gap of this length is time that nobody listened to. */
    public static final Duration GAP = Duration.ofSeconds(5);

    /** Before the first record. */
    public static final Moment NONE = new Moment(Instant.EPOCH, Instant.EPOCH);

    /** Another record was appended. After a gap, silence counts from here on; time never goes back. */
    public Moment next(Instant appended) {
        if (appended.isAfter(now.plus(GAP))) {
            return new Moment(appended, appended);
        }
        return appended.isAfter(now) ? new Moment(appended, listeningSince) : this;
    }

    /** Whether somebody last heard then has been silent for longer than allowed, in time that was listened to. */
    boolean isSilent(Instant lastHeard, Duration staleAfter) {
        return heardOrExcused(lastHeard).plus(staleAfter).isBefore(now);
    }

    /** When that silence will have lasted too long. */
    Instant silentFrom(Instant lastHeard, Duration staleAfter) {
        return heardOrExcused(lastHeard).plus(staleAfter).plusMillis(1);
    }

    private Instant heardOrExcused(Instant lastHeard) {
        return lastHeard.isBefore(listeningSince) ? listeningSince : lastHeard;
    }
}
