package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Fleet;
import java.util.concurrent.locks.LockSupport;

/** Healthy results of a fleet at a fixed rate, round and round, until it is closed. */
final class Load implements AutoCloseable {

    private static final long SLICE_NANOS = 5_000_000;

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
        for (int cluster = 0; cluster < fleet.clusters(); cluster++) {
            traffic.sendInBulk(KafkaWorld.TOPICS.targets(), Fleet.expected(cluster));
            for (int node = 0; node < fleet.nodes(); node++) {
                traffic.sendInBulk(KafkaWorld.TOPICS.targets(), Fleet.target(cluster, node));
            }
        }
        traffic.flush();
    }

    /** One result of every vantage on every target. */
    static void report(Fleet fleet, Traffic traffic, long counter) {
        for (long i = 0; i < (long) fleet.targets() * Fleet.vantages(); i++) {
            send(fleet, traffic, i, counter);
        }
        traffic.flush();
    }

    private static void send(Fleet fleet, Traffic traffic, long i, long counter) {
        int target = (int) (i / Fleet.vantages() % fleet.targets());
        traffic.sendInBulk(KafkaWorld.TOPICS.probeResults(), Fleet.healthy(target % fleet.clusters(),
                target / fleet.clusters(), (int) (i % Fleet.vantages()), counter));
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
