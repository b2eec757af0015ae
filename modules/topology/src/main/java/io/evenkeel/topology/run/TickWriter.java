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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time as a record: a Tick into every partition of the given topics once a second. Several writers are harmless: what
 * counts is the append time that the broker gives.
 */
public final class TickWriter implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(TickWriter.class);

    private final EventPublisher publisher;
    private final List<TopicSpec> topics;
    private final String writer;
    private final Supplier<Tick.PolicyPointer> policy;
    private final AtomicLong sequence = new AtomicLong();
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ticks").factory());

    /** @param policy the newest that is known, which each tick names */
    public TickWriter(EventPublisher publisher, List<TopicSpec> topics, String writer,
            Supplier<Tick.PolicyPointer> policy) {
        this.publisher = publisher;
        this.topics = List.copyOf(topics);
        this.writer = writer;
        this.policy = policy;
    }

    public void start() {
        var _ = clock.scheduleAtFixedRate(this::tick, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        var tick = new Tick(writer, sequence.incrementAndGet(), policy.get());
        for (var topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                send(topic, partition, tick);
            }
        }
    }

    /** The publisher counts and logs what fails later; whatever fails at once must not end the clock. */
    private void send(TopicSpec topic, int partition, Tick tick) {
        try {
            publisher.send(topic, writer, partition, tick);
        } catch (RuntimeException failed) {
            LOG.atWarn().addKeyValue("topic", topic).addKeyValue("partition", partition)
                    .addKeyValue("error", failed.toString()).log("tick not sent, the next one makes up for it");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
