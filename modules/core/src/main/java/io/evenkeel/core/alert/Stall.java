package io.evenkeel.core.alert;

import io.evenkeel.core.health.HealthProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether partitions of HEALTH stand still. Not kept: after a restart it is heard anew within a second, and what lags
 * because all was down has a minute to catch up.
 *
 * @param judgedUpTo by partition
 * @param since the first tick that saw one lag; {@link Instant#MAX} while none does
 */
public record Stall(SortedMap<Integer, Instant> judgedUpTo, Instant since) {

    static final String SUBJECT = "*/health";
    private static final Duration LAG = Duration.ofSeconds(30);
    private static final Duration LASTING = Duration.ofSeconds(60);

    public Stall {
        judgedUpTo = Collections.unmodifiableSortedMap(judgedUpTo);
    }

    public static Stall none() {
        return new Stall(new TreeMap<>(), Instant.MAX);
    }

    Stall with(HealthProgress progress) {
        var next = new TreeMap<>(judgedUpTo);
        next.merge(progress.partition(), progress.judgedUpTo(), (a, b) -> a.isAfter(b) ? a : b);
        return new Stall(next, since);
    }

    Stall at(Instant now) {
        boolean lags = judgedUpTo.values().stream().anyMatch(upTo -> upTo.isBefore(now.minus(LAG)));
        if (lags == isLagging()) {
            return this;
        }
        return new Stall(judgedUpTo, lags ? now : Instant.MAX);
    }

    boolean isLagging() {
        return !since.equals(Instant.MAX);
    }

    boolean isLong(Instant now) {
        return isLagging() && !now.isBefore(since.plus(LASTING));
    }

    String title() {
        return "HEALTH stands still: " + judgedUpTo.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(since.minus(LAG)))
                .map(entry -> "partition " + entry.getKey() + " since " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
