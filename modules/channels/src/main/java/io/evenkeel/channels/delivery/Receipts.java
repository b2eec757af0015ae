package io.evenkeel.channels.delivery;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.kafka.EventPublisher;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.InterruptException;

/** Writes receipts in order. One that can't be written is kept and tried again: what it tells of has happened. */
final class Receipts implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TopicSpec topic;
    private final EventPublisher publisher;
    private final Deque<Settled> unwritten = new ArrayDeque<>();
    private long againNanos = System.nanoTime();

    Receipts(DeliveryLoop.Parts parts) {
        this.topic = parts.topics().alertDeliveries();
        this.publisher = new EventPublisher(parts.clients().settings(),
                parts.clients().clientId() + "-receipts-" + parts.name(), parts.serdes().serializer());
    }

    void add(Settled settled) {
        unwritten.add(settled);
    }

    /** Whether all are written; the broker has them then. */
    boolean write() {
        while (!unwritten.isEmpty() && againNanos - System.nanoTime() <= 0) {
            try {
                publisher.send(topic, unwritten.element().delivery()).toCompletableFuture().get();
                unwritten.remove();
            } catch (ExecutionException _) {
                // The publisher has logged it.
                againNanos = System.nanoTime() + PAUSE.toNanos();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        return unwritten.isEmpty();
    }

    @Override
    public void close() {
        publisher.close();
    }
}
