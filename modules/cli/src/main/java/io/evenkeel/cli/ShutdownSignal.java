package io.evenkeel.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and TERM end a process through its main thread, which closes what it opened, in order. The first resource of a
 * try: closed last, it lets the JVM go.
 */
public final class ShutdownSignal implements AutoCloseable {

    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(40);

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean awaited = new AtomicBoolean();

    public ShutdownSignal() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::letMainClose));
    }

    /** On the JVM's shutdown thread: the JVM halts when this returns, and not before. */
    private void letMainClose() {
        end.countDown();
        if (!awaited.get()) {
            // Still starting: there is nothing yet whose orderly end is worth a wait.
            return;
        }
        try {
            var _ = closed.await(CLOSED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns at Ctrl-C, TERM or {@link #raise}. */
    public void await() throws InterruptedException {
        awaited.set(true);
        end.await();
    }

    /** The process ends by itself. */
    public void raise() {
        end.countDown();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
