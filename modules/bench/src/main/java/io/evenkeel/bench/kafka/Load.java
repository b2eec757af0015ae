package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Fleet;
import java.util.concurrent.locks.LockSupport;

/** Healthy results of a fleet at a fixed rate, round and round, until it is closed. */
final class Load implements AutoCloseable {

    private static final long SLICE_NANOS = 5_000_000;
    /** A fleet does not come up all at once, and a broker that shares two cores could not take it. */
    private static final int COMING_UP_PER_SECOND = 40_000;

    private final Fleet fleet;
    private final Traffic traffic;
    private final int perSecond;
    private final Thread thread;
    private volatile boolean ended;

    /** The fleet must be expected already. */
    Load(Fleet fleet, Traffic traffic, int perSecond) {
        this.fleet = fleet;
        this.traffic = traffic;
        this.perSecond = perSecond;
        thread = Thread.ofPlatform().daemon().name("bench-load").start(this::run);
    }

    static void expect(Fleet fleet, Traffic traffic) {
        var pace = new Pace(COMING_UP_PER_SECOND);
        for (int cluster = 0; cluster < fleet.clusters(); cluster++) {
            pace.await((long) cluster * fleet.nodes());
            traffic.sendInBulk(KafkaWorld.TOPICS.targets(), Fleet.expected(cluster));
            for (int node = 0; node < fleet.nodes(); node++) {
                traffic.sendInBulk(KafkaWorld.TOPICS.targets(), Fleet.target(cluster, node));
            }
        }
        traffic.flush();
    }

    /** One result of every vantage on every target. */
    static void report(Fleet fleet, Traffic traffic, long counter) {
        var pace = new Pace(COMING_UP_PER_SECOND);
        for (long i = 0; i < (long) fleet.targets() * Fleet.vantages(); i++) {
            pace.await(i);
            send(fleet, traffic, i, counter);
        }
        traffic.flush();
    }

    private static void send(Fleet fleet, Traffic traffic, long i, long counter) {
        int target = (int) (i / Fleet.vantages() % fleet.targets());
        traffic.sendInBulk(KafkaWorld.TOPICS.probeResults(), Fleet.healthy(target % fleet.clusters(),
                target / fleet.clusters(), (int) (i % Fleet.vantages()), counter));
    }

    private record Pace(int perSecond, long begin) {
        private Pace(int perSecond) {
            this(perSecond, System.nanoTime());
        }

        private void await(long sent) {
            long early = begin + sent * 1_000_000_000 / perSecond - System.nanoTime();
            if (early > SLICE_NANOS) {
                LockSupport.parkNanos(early);
            }
        }
    }

    private void run() {
        long begin = System.nanoTime();
        long all = (long) fleet.targets() * Fleet.vantages();
        long sent = 0;
        while (!ended) {
            long due = (System.nanoTime() - begin) * perSecond / 1_000_000_000;
            for (; sent < due && !ended; sent++) {
                send(fleet, traffic, sent % all, 1_000 + sent / all);
            }
            LockSupport.parkNanos(SLICE_NANOS);
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
