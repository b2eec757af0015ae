package io.evenkeel.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two clusters in every partition, one node each, that fails and answers again in turns: each result is a transition, so
 * each partition has one every {@link #EVERY} and none may be missing or doubled.
 */
final class FlippingNodes implements AutoCloseable {

    /** Between two results of a partition. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final int CLUSTERS_PER_PARTITION = 2;

    private final List<NodeReports> nodes;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong turn = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    FlippingNodes(List<NodeReports> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Ids of clusters, in the order of their partitions, round and round. */
    static List<String> clusters() {
        var found = new ArrayList<String>();
        for (int i = 0; found.size() < CLUSTERS_PER_PARTITION * Topics.SPREAD; i++) {
            if (Partitioning.of("cluster-" + i, Topics.SPREAD) == found.size() % Topics.SPREAD) {
                found.add("cluster-" + i);
            }
        }
        return found;
    }

    void start() throws Exception {
        for (var node : nodes) {
            node.expect();
        }
        long pause = EVERY.toNanos() / Topics.SPREAD;
        var _ = clock.scheduleAtFixedRate(this::next, 0, pause, TimeUnit.NANOSECONDS);
    }

    /** Partition by partition; in the next round the partitions' other nodes; after both, what they say turns over. */
    private void next() {
        long number = turn.getAndIncrement();
        boolean healthy = number / nodes.size() % 2 == 0;
        nodes.get((int) (number % nodes.size())).report(healthy);
        sent.incrementAndGet();
    }

    /** Results so far: as many transitions must come of them. */
    long sent() {
        return sent.get();
    }

    /** Returns when nothing more is sent. */
    void stop() {
        clock.shutdown();
        try {
            assertThat(clock.awaitTermination(5, TimeUnit.SECONDS)).as("the last result was sent").isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
