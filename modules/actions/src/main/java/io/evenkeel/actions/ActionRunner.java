package io.evenkeel.actions;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.serde.EventSerdes;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out claimed requests, each on a virtual thread, one at a time per serial key, and writes their ends. */
final class ActionRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);

    private final ActionHandlers handlers;
    private final ActionTimes times;
    private final TopicSpec outcomes;
    private final EventSerdes serdes;
    private final LiveView live;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("evenkeel-action-", 0).factory());
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();

    private record Finished(String serialKey, Optional<ActionOutcome> end) {}

    ActionRunner(ActionHandlers handlers, ActionTimes times, TopicSpec outcomes, EventSerdes serdes, LiveView live,
            KafkaClients clients) {
        this.handlers = handlers;
        this.times = times;
        this.outcomes = outcomes;
        this.serdes = serdes;
        this.live = live;
        this.producer = clients.idempotent("outcomes");
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

    /** Begins to act on a claim that stands; the serial key is busy until its end is written, or could not be. */
    void start(ActionOutcome claim, Attempt attempt) {
        var key = claim.request().serialKey();
        if (!busy.add(key)) {
            throw new IllegalStateException("serial key " + key + " is busy");
        }
        var _ = threads.submit(() -> {
            Optional<ActionOutcome> end = Optional.empty();
            try {
                end = act(claim, attempt);
            } finally {
                finished.add(new Finished(key, end));
            }
        });
    }

    private Optional<ActionOutcome> act(ActionOutcome claim, Attempt attempt) {
        var request = claim.request();
        LOG.atInfo().addKeyValue("request", request.id()).addKeyValue("attempt", claim.attempt())
                .addKeyValue("action", Commands.describe(request.command())).log("action begins");
        try {
            var ending = ending(claim, attempt);
            return write(new ActionOutcome(request, ending.status(), claim.owner(), claim.attempt(), claim.leaseUntil(),
                    live.stamp(), ending.detail()));
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

    /** Waits until Kafka has it: only then may the next request of this serial key begin. */
    private Optional<ActionOutcome> write(ActionOutcome end) throws InterruptedException {
        try {
            producer.send(Claims.outcomeRecord(outcomes, serdes.serializer(), end)).get();
            LOG.atInfo().addKeyValue("request", end.request().id()).addKeyValue("status", end.status())
                    .addKeyValue("detail", end.detail()).log("action ended");
            return Optional.of(end);
        } catch (ExecutionException | KafkaException e) {
            LOG.atError().addKeyValue("request", end.request().id()).addKeyValue("status", end.status())
                    .addKeyValue("detail", end.detail()).addKeyValue("error", e.toString())
                    .log("end of an action could not be written, the next attempt will re-read it");
            return Optional.empty();
        }
    }

    /** Lets actions in flight end for {@code stopWithin}, then interrupts them. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(times.stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                if (!threads.awaitTermination(times.callTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.atWarn().log("an action did not stop");
                }
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
