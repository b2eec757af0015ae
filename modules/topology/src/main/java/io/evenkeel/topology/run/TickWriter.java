package io.evenkeel.topology.run;

import io.evenkeel.events.Tick;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.kafka.EventPublisher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time as a record: a Tick into every partition of the given topics once a second. Several writers are harmless: what
 * counts is the append time that the broker gives.
 */
public final class TickWriter implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final EventPublisher publisher;
    private final List<TopicSpec> topics;
    private final String writer;
    private final AtomicLong sequence = new AtomicLong();
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ticks").factory());

    public TickWriter(EventPublisher publisher, List<TopicSpec> topics, String writer) {
        this.publisher = publisher;
        this.topics = List.copyOf(topics);
        this.writer = writer;
    }

    public void start() {
        var scheduled = clock.scheduleAtFixedRate(this::tick, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        assert !scheduled.isCancelled();
    }

    private void tick() {
        long number = sequence.incrementAndGet();
        for (var topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                // The publisher counts and logs what fails; the next tick makes up for it.
                publisher.send(topic, writer, partition, new Tick(writer, number));
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
