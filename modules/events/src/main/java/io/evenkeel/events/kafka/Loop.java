package io.evenkeel.events.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that turns over a body of Kafka clients until closed. A body that throws is closed and made anew after a pause:
 * that is how a fenced or cut-off process rejoins, with nothing left over from before.
 */
public final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration JOIN = Duration.ofSeconds(15);

    /** What is turned over; used by the loop's thread alone, but for {@link #wakeup}. */
    public interface Body extends AutoCloseable {
        /** One turn; blocks for a moment at most. */
        void turn();

        /** Has a blocked turn return or throw. */
        void wakeup();

        @Override
        void close();
    }

    private final String name;
    private final Supplier<Body> fresh;
    private final Duration join;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Body current;

    public Loop(String name, Supplier<Body> fresh) {
        this(name, fresh, Duration.ZERO);
    }

    /** @param closing how long the body itself may wait while it is closed */
    public Loop(String name, Supplier<Body> fresh, Duration closing) {
        this.name = name;
        this.fresh = fresh;
        this.join = JOIN.plus(closing);
        this.thread = Thread.ofPlatform().name("evenkeel-" + name).daemon(true).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void run() {
        while (!stopping()) {
            try (var body = fresh.get()) {
                current = body;
                while (!stopping()) {
                    body.turn();
                }
            } catch (RuntimeException | Error e) {
                // Errors too: a thread that dies silently would look like a pipeline with nothing to do.
                if (!stopping()) {
                    LOG.atWarn().addKeyValue("loop", name).addKeyValue("error", e.toString())
                            .log("loop failed, starts again");
                    LOG.atDebug().setCause(e).log("loop failed");
                    awaitPause();
                }
            } finally {
                current = null;
            }
        }
    }

    private void awaitPause() {
        try {
            if (stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atDebug().addKeyValue("loop", name).log("stopped while waiting");
            }
        } catch (InterruptedException _) {
            stop.countDown();
        }
    }

    /** Asks it to end, and does not wait: where several are to end at once. */
    public void stop() {
        stop.countDown();
        var body = current;
        if (body != null) {
            body.wakeup();
        }
    }

    /** Ends within 15 s, and what the body needs. */
    @Override
    public void close() {
        stop();
        try {
            if (!thread.join(join)) {
                LOG.atWarn().addKeyValue("loop", name).log("loop did not end in time");
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
