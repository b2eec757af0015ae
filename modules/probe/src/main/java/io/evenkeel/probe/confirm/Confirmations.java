package io.evenkeel.probe.confirm;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.http.ProbeHttp;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again at once, over a new connection, when a target fails for the first time: after a refusal or a reset at 0, 250
 * and 500 ms, else three times at a distance of 1 s, until one is healthy; see {@link Spell}. The connection that a target
 * is asked over stays open up to the next scheduled probe, and tells of a failure before it. One that is dropped is no
 * failure, but a reason to look: when all is well, nothing but that one healthy result comes of it. Why so:
 * docs/decisions/0033-one-connection-for-each-target.md. For many threads.
 */
public final class Confirmations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

    /** When a whole zone goes, its targets are asked in turn. What is refused takes a millisecond. */
    private static final int AT_ONCE = 512;

    /** What times out holds its place for long. */
    private static final int UNHURRIED_AT_ONCE = 128;

    private final ProbeHttp http;
    private final Map<String, Watched> targets = new ConcurrentHashMap<>();
    private final Semaphore prompt = new Semaphore(AT_ONCE);
    private final Semaphore unhurried = new Semaphore(UNHURRIED_AT_ONCE);
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("confirmation-", 0).factory());

    /** @param http what scheduled probes ask by, and keep connections open with */
    public Confirmations(ProbeHttp http) {
        this.http = http;
    }

    /**
     * Begins to watch a target, or goes on with it as it is now.
     *
     * @param interval between its scheduled probes
     * @param reprobe asks it over a new connection and tells what came of it; may block
     */
    public void put(NodeTarget target, Duration interval, Supplier<Outcome> reprobe) {
        targets.compute(target.node().toString(), (_, known) -> {
            if (known != null && known.isSame(target)) {
                known.reprobeBy(reprobe);
                return known;
            }
            if (known != null) {
                letGo(known);
            }
            var fresh = new Watched(target, interval, reprobe, this::dropped);
            http.watch(fresh.url(), fresh.whenDropped());
            return fresh;
        });
    }

    /** @param key {@code cluster/node} */
    public void remove(String key) {
        var known = targets.remove(key);
        if (known != null) {
            letGo(known);
        }
    }

    private void letGo(Watched gone) {
        gone.remove();
        http.unwatch(gone.url(), gone.whenDropped());
    }

    /** Takes note of what a scheduled probe saw. Returns at once. */
    public void scheduled(NodeTarget target, Outcome outcome) {
        var watched = targets.get(target.node().toString());
        if (watched == null || !watched.isSame(target)) {
            return;
        }
        switch (outcome) {
            case Outcome.Success _ -> watched.succeeded();
            case Outcome.Failure failure -> begin(watched, watched.failed(failure, System.nanoTime()));
        }
    }

    @Override
    public void close() {
        targets.values().forEach(this::letGo);
        threads.shutdownNow();
    }

    private void begin(Watched watched, @Nullable Round round) {
        if (round != null) {
            start(() -> run(watched, round));
        }
    }

    private void start(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException _) {
            LOG.atDebug().setMessage("closed, nothing is confirmed any more").log();
        }
    }

    private void run(Watched watched, Round round) {
        boolean healthy = false;
        try {
            healthy = confirm(watched, round);
        } catch (InterruptedException _) {
            LOG.atDebug().setMessage("confirmation stopped").log();
        } catch (RuntimeException e) {
            if (!threads.isShutdown() && !watched.removed()) {
                LOG.atError().setMessage("confirmation failed by the agent's own fault").setCause(e)
                        .addKeyValue("url", watched.url()).log();
            }
        } finally {
            watched.roundEnded(healthy);
        }
    }

    /** Whether it ended with a healthy result. */
    private boolean confirm(Watched watched, Round round) throws InterruptedException {
        while (!round.over() && (!round.begun() || watched.stillFailing())) {
            Thread.sleep(Duration.ofNanos(round.nextAt() - System.nanoTime()));
            long beganAt = System.nanoTime();
            if (!(reprobe(watched, round.cadence()) instanceof Outcome.Failure failure)) {
                if (round.nothingWrong()) {
                    watched.falseAlarm(System.nanoTime());
                }
                return true;
            }
            round.failed(failure.reason(), beganAt, System.nanoTime());
            watched.confirmed(round.cadence());
        }
        return false;
    }

    private Outcome reprobe(Watched watched, Cadence cadence) throws InterruptedException {
        var places = cadence == Cadence.PROMPT ? prompt : unhurried;
        places.acquire();
        try {
            return watched.reprobe();
        } finally {
            places.release();
        }
    }

    private void dropped(Watched watched) {
        LOG.atDebug().setMessage("kept-open connection dropped").addKeyValue("url", watched.url()).log();
        begin(watched, watched.dropped(System.nanoTime()));
    }
}
