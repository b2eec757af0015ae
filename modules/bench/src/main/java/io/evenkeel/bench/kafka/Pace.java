package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** One after the other at even distances, so that none waits for the one before. */
final class Pace {

    private Pace() {}

    /** When each was sent, by {@link System#nanoTime}. */
    static long[] sent(int samples, Duration distance, IntConsumer send) {
        long[] sent = new long[samples];
        long begin = System.nanoTime();
        for (int i = 0; i < samples; i++) {
            LockSupport.parkNanos(begin + i * distance.toNanos() - System.nanoTime());
            sent[i] = System.nanoTime();
            send.accept(i);
        }
        return sent;
    }

    /** For progress. */
    static String quantiles(List<Double> millis) {
        return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", Rounds.median(millis),
                Rounds.quantile(millis, 0.99));
    }
}
