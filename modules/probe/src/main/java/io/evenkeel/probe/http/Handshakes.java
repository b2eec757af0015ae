package io.evenkeel.probe.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets as many TLS handshakes begin at a time as there are processors to do the arithmetic. With more of them than an agent
 * can make in a time-out all would go on a little at a time, and all would run into their deadlines, again and again. So
 * some wait, and give up as the agent's own failure; those that have begun come to their end. For many threads.
 */
final class Handshakes {

    /** Of this process. */
    static final Handshakes OWN = new Handshakes(Runtime.getRuntime().availableProcessors());

    private final Semaphore places;

    Handshakes(int atOnce) {
        places = new Semaphore(atOnce, true);
    }

    /**
     * Waits for its turn, for half of what is left to the deadline: the other half is for the handshake and the answer.
     *
     * @param endNanos by {@link System#nanoTime}
     * @return to be closed when the handshake waits for the other side for the first time, or has ended
     * @throws IllegalStateException when it has no turn: nothing is known of the target then
     */
    Turn begin(long endNanos) throws InterruptedException {
        long left = endNanos - System.nanoTime();
        if (!places.tryAcquire(left / 2, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("too many TLS handshakes at once for this agent");
        }
        return new Turn();
    }

    final class Turn implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();

        private Turn() {}

        /** May be called again. */
        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                places.release();
            }
        }
    }
}
