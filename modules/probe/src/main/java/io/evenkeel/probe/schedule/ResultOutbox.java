package io.evenkeel.probe.schedule;

import io.evenkeel.core.health.ProbeResult;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between probes and Kafka: takes results without ever blocking, and hands them over on a thread of its own, which may
 * block. Results that grew older than {@link #MAX_AGE} meanwhile are dropped rather than sent late; when the box is full
 * the oldest goes. Both are counted, and told once a minute.
 */
public final class ResultOutbox implements AutoCloseable {

    /** By design: what is older says nothing about now. */
    public static final Duration MAX_AGE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ResultOutbox.class);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** Where results go; may block. */
    @FunctionalInterface
    public interface Sink {
        CompletionStage<?> send(ProbeResult result);
    }

    private record Pending(long verdictNanos, Function<Duration, ProbeResult> withAge) {}

    private final Sink sink;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Pending> box;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong undelivered = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final Thread sender;
    private volatile boolean closing;
    private long lastToldAt;
    private long lastTold;

    /** @param nanoTime the agent's monotonic clock, the one that {@link #offer} is given times of */
    public ResultOutbox(Sink sink, int capacity, LongSupplier nanoTime) {
        this.sink = sink;
        this.nanoTime = nanoTime;
        this.box = new ArrayBlockingQueue<>(capacity);
        this.lastToldAt = nanoTime.getAsLong() - MINUTE;
        this.sender = Thread.ofPlatform().daemon().name("probe-results").unstarted(this::send);
    }

    public void start() {
        sender.start();
    }

    /**
     * Takes a result.
     *
     * @param verdictNanos when it was known
     * @param withAge makes the record, given its age at the hand-over
     */
    public void offer(long verdictNanos, Function<Duration, ProbeResult> withAge) {
        var pending = new Pending(verdictNanos, withAge);
        while (!box.offer(pending)) {
            if (box.poll() != null) {
                dropped.incrementAndGet();
            }
        }
    }

    /** Results never handed over: too old, or no room. */
    public long dropped() {
        return dropped.get();
    }

    /** Results handed over that Kafka did not take. */
    public long undelivered() {
        return undelivered.get();
    }

    /** Results that Kafka acknowledged. */
    public long sent() {
        return sent.get();
    }

    /** Hands over what is left, for 2 s at most. */
    @Override
    public void close() {
        closing = true;
        if (!sender.isAlive()) {
            // Never started: the agent failed to.
            return;
        }
        try {
            sender.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        sender.interrupt();
    }

    private void send() {
        try {
            while (true) {
                var pending = box.poll(100, TimeUnit.MILLISECONDS);
                if (pending != null) {
                    handOver(pending);
                } else if (closing) {
                    return;
                }
                tellLosses();
            }
        } catch (InterruptedException _) {
            LOG.atDebug().setMessage("sending results was interrupted").addKeyValue("left", box.size()).log();
        }
    }

    private void handOver(Pending pending) {
        var age = Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - pending.verdictNanos()));
        if (age.compareTo(MAX_AGE) > 0) {
            dropped.incrementAndGet();
            return;
        }
        try {
            sink.send(pending.withAge().apply(age)).whenComplete((_, failure) -> {
                if (failure == null) {
                    sent.incrementAndGet();
                } else {
                    undelivered.incrementAndGet();
                }
            });
        } catch (RuntimeException e) {
            // One result that can't be sent must not end the sending of all others.
            undelivered.incrementAndGet();
            LOG.atError().setMessage("result can't be sent").setCause(e).log();
        }
    }

    private void tellLosses() {
        long lost = dropped.get() + undelivered.get();
        long now = nanoTime.getAsLong();
        if (lost > lastTold && now - lastToldAt >= MINUTE) {
            LOG.atWarn().setMessage("probe results were lost").addKeyValue("lost", lost - lastTold)
                    .addKeyValue("droppedInAll", dropped.get()).addKeyValue("undeliveredInAll", undelivered.get())
                    .log();
            lastTold = lost;
            lastToldAt = now;
        }
    }
}
