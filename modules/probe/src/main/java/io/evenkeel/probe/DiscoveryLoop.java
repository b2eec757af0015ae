package io.evenkeel.probe;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rounds of one cluster's discovery, on a thread of its own, while it is this agent's turn to make them. */
final class DiscoveryLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryLoop.class);
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    private final AgentBus bus;
    private final Runnable round;
    private final BooleanSupplier ours;
    private final Supplier<Duration> interval;
    private final Thread thread = Thread.ofVirtual().name("discovery").unstarted(this::run);

    /**
     * @param ours whether to make rounds now; looked at again when {@link #wake woken}
     * @param interval between two rounds, asked after each
     */
    DiscoveryLoop(AgentBus bus, Runnable round, BooleanSupplier ours, Supplier<Duration> interval) {
        this.bus = bus;
        this.round = round;
        this.ours = ours;
        this.interval = interval;
    }

    void start() {
        thread.start();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                if (!ours.getAsBoolean()) {
                    LockSupport.park(this);
                } else if (bus.awaitCaughtUp(CATCH_UP)) {
                    // Differences to an old state of the topic are no differences: without Kafka there is no round.
                    make();
                    Thread.sleep(interval.get());
                }
            }
        } catch (InterruptedException _) {
            LOG.atDebug().setMessage("discovery stopped").log();
        }
    }

    private void make() throws InterruptedException {
        try {
            round.run();
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.atError().setMessage("discovery round failed by a bug").setCause(e).log();
        }
    }
}
