package io.evenkeel.cli.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Ctrl-C and TERM end a process through its main thread, which closes what it opened. */
final class ShutdownSignal {

    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(20);

    private ShutdownSignal() {}

    static void countDown(CountDownLatch end, Thread main) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            end.countDown();
            try {
                // The JVM halts when its hooks have returned: this one waits while the main thread closes.
                main.join(CLOSED_WITHIN);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
