package io.evenkeel.probe.facts;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long to wait until facts are read again: 30 s, or 2 s while a node has begun to fail within the last two minutes. A
 * cluster that is slow to answer is asked for a tenth of the time at most. For many threads.
 */
public final class FactPace {

    static final Duration USUAL = Duration.ofSeconds(30);
    static final Duration SUSPECT = Duration.ofSeconds(2);
    static final Duration SPELL = Duration.ofMinutes(2);
    private static final int SHARE = 10;

    private final Map<String, Long> failingSince = new ConcurrentHashMap<>();

    /** @return whether it did not fail before */
    public boolean fails(String node, long now) {
        return failingSince.putIfAbsent(node, now) == null;
    }

    public void isWell(String node) {
        failingSince.remove(node);
    }

    /** @param took the last read, in nanoseconds */
    public Duration next(long now, long took) {
        boolean suspect = failingSince.values().stream().anyMatch(since -> now - since < SPELL.toNanos());
        var pause = Duration.ofNanos(Math.multiplyExact(took, SHARE));
        var usual = suspect ? SUSPECT : USUAL;
        return pause.compareTo(usual) > 0 ? pause : usual;
    }
}
