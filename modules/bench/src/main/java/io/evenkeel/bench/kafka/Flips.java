package io.evenkeel.bench.kafka;

import io.evenkeel.events.Topics;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One node in each partition that fails and answers in turns: each partition has a transition every half second. */
final class Flips implements AutoCloseable {

    static final long EVERY_MILLIS = 500;

    private final Traffic traffic;
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("bench-flips").factory());
    private long turn;

    Flips(Traffic traffic) {
        this.traffic = traffic;
        IntStream.range(0, Topics.SPREAD).mapToObj(SoloNode::new)
                .forEach(node -> traffic.sendInBulk(KafkaWorld.TOPICS.targets(), node.target()));
        traffic.flush();
        var _ = clock.scheduleAtFixedRate(this::next, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void next() {
        turn++;
        for (int i = 0; i < Topics.SPREAD; i++) {
            var node = new SoloNode(i);
            traffic.send(KafkaWorld.TOPICS.probeResults(), turn % 2 == 0 ? node.failing(turn) : node.healthy(turn));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
