package io.evenkeel.topology.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** What HEALTH counts and measures; from any thread. */
public final class HealthMeters {

    private final LongAdder results = new LongAdder();
    private final BoundedCounters strangers;
    private final Set<InputClock> clocks = ConcurrentHashMap.newKeySet();
    private final Clock wall;

    HealthMeters(MeterRegistry registry) {
        wall = registry.config().clock();
        strangers = new BoundedCounters(registry, "evenkeel.health.strangers", "vantage",
                "Probe results of vantages that nobody expects for the target; they never vote");
        FunctionCounter.builder("evenkeel.health.results", results, LongAdder::sum)
                .description("Probe results judged").register(registry);
        Gauge.builder("evenkeel.health.lag", this, HealthMeters::lagSeconds).baseUnit("seconds").strongReference(true)
                .description(
                        "Wall clock minus append time of the newest tick processed, of the partition furthest behind; "
                                + "NaN while this process has none")
                .register(registry);
    }

    /** A result was judged. An addition without a lock: this is for 300,000 a second. */
    public void result() {
        results.increment();
    }

    /** @param vantage name of a vantage that is not expected for the target; the first 100 are told apart */
    public void stranger(String vantage) {
        strangers.count(vantage);
    }

    /** For a task that begins to read a partition; to be closed when it ends. */
    public InputClock open() {
        var clock = new InputClock(wall.wallTime());
        clocks.add(clock);
        return clock;
    }

    private double lagSeconds() {
        long now = wall.wallTime();
        return clocks.stream().flatMapToLong(clock -> LongStream.of(now - clock.reached)).max().stream()
                .mapToDouble(millis -> Math.max(0, millis) / 1_000.0).findFirst().orElse(Double.NaN);
    }

    /** How far one partition was read. */
    public final class InputClock implements AutoCloseable {

        /** Milliseconds since 1970; until the first tick the opening, so that a partition that never moves shows. */
        private volatile long reached;
        /** Only of the task's own thread. */
        private boolean ticked;

        private InputClock(long opened) {
            reached = opened;
        }

        /** @param appended append time of a tick that was processed, milliseconds since 1970 */
        public void tick(long appended) {
            reached = ticked ? Math.max(reached, appended) : appended;
            ticked = true;
        }

        /** The partition is read elsewhere from now on. */
        @Override
        public void close() {
            clocks.remove(this);
        }
    }
}
