package io.evenkeel.actions;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out claimed requests, each on a virtual thread, one at a time per serial key, and writes their ends. */
final class ActionRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final ActionHandlers handlers;
    private final ActionTimes times;
    private final LiveView live;
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("evenkeel-action-", 0).factory());
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();

    private record Finished(String serialKey, Optional<ActionOutcome> end) {}

    ActionRunner(ActionHandlers handlers, ActionTimes times, LiveView live) {
        this.handlers = handlers;
        this.times = times;
        this.live = live;
    }

    boolean isBusy(String serialKey) {
        return busy.contains(serialKey);
    }

    /**
     * Hands over the ends written since the last call. Only here does a serial key become free, so that nobody sees it free
     * before its end is known.
     */
    void drainEnded(Consumer<ActionOutcome> to) {
        for (var done = finished.poll(); done != null; done = finished.poll()) {
            done.end().ifPresent(to);
            busy.remove(done.serialKey());
        }
    }

    /**
     * Waits up to {@code stopWithin} for the actions in flight, while their ends can be written. For the thread that
     * drains, before it closes what they were claimed with.
     */
    void awaitEnds(Claims claims) {
        long until = System.nanoTime() + times.stopWithin().toNanos();
        try {
            while (!busy.isEmpty() && claims.isWhole() && System.nanoTime() - until < 0) {
                var done = finished.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                if (done != null) {
                    busy.remove(done.serialKey());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Begins to act on a claim that stands; the serial key is busy until its end is written, or could not be.
     *
     * @param claims what it was claimed with, and its end is written with
     */
    void start(ActionOutcome claim, Attempt attempt, Claims claims) {
        var key = claim.request().serialKey();
        if (!busy.add(key)) {
            throw new IllegalStateException("serial key " + key + " is busy");
        }
        var _ = threads.submit(() -> {
            Optional<ActionOutcome> end = Optional.empty();
            try {
                end = act(claim, attempt, claims);
            } finally {
                finished.add(new Finished(key, end));
            }
        });
    }

    private Optional<ActionOutcome> act(ActionOutcome claim, Attempt attempt, Claims claims) {
        var request = claim.request();
        LOG.atInfo().addKeyValue("request", request.id()).addKeyValue("attempt", claim.attempt())
                .addKeyValue("action", Commands.describe(request.command())).log("action begins");
        try {
            var ending = ending(claim, attempt);
            return write(new ActionOutcome(request, ending.status(), claim.owner(), claim.attempt(), claim.leaseUntil(),
                    live.stamp(), ending.detail()), claims);
        } catch (InterruptedException _) {
            // Stopping: the claim stays open, and its next owner re-reads AWS.
            LOG.atWarn().addKeyValue("request", request.id()).log("action interrupted, left to its next owner");
            return Optional.empty();
        }
    }

    private Ending ending(ActionOutcome claim, Attempt attempt) throws InterruptedException {
        try {
            return handlers.handle(claim.request(), attempt);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("request", claim.request().id()).log("action handler failed");
            return new Ending(Status.UNKNOWN_EFFECT, "handler failed: " + e);
        }
    }

    /**
     * Waits until Kafka has it: only then may the next request of this serial key begin. Whoever took the claim over
     * meanwhile has fenced what it was claimed with, and its end is the one that counts.
     */
    private static Optional<ActionOutcome> write(ActionOutcome end, Claims claims) {
        try {
            claims.end(end);
            LOG.atInfo().addKeyValue("request", end.request().id()).addKeyValue("status", end.status())
                    .addKeyValue("detail", end.detail()).log("action ended");
            return Optional.of(end);
        } catch (KafkaException | IllegalStateException e) {
            LOG.atError().addKeyValue("request", end.request().id()).addKeyValue("status", end.status())
                    .addKeyValue("detail", end.detail()).addKeyValue("error", e.toString())
                    .log("end of an action could not be written, the next attempt re-reads it");
            return Optional.empty();
        }
    }

    /** Interrupts the actions in flight: {@link #awaitEnds} has waited for them, and their ends can't be written now. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(times.callTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("an action did not stop");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
