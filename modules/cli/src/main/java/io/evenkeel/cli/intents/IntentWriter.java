package io.evenkeel.cli.intents;

import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.EventPublisher;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes one intent or order and returns when Kafka has acknowledged it: from then on it holds. */
final class IntentWriter implements AutoCloseable {

    private static final int ACKNOWLEDGED_WITHIN_SECONDS = 10;

    private final Topics topics;
    private final EventSerdes serdes;
    private final EventPublisher publisher;

    IntentWriter(EvenkeelConfig config) {
        topics = new Topics(config.kafka().topicPrefix());
        serdes = new EventSerdes(config.registry().settings());
        publisher = new EventPublisher(new KafkaSettings(config.kafka().clientSettings()), "evenkeel-cli",
                serdes.serializer());
    }

    void set(Intent intent) throws InterruptedException {
        await(publisher.send(topics.intents(), intent).toCompletableFuture());
    }

    void release(String key) throws InterruptedException {
        await(publisher.sendTombstone(topics.intents(), key, 0).toCompletableFuture());
    }

    void give(Order order) throws InterruptedException {
        await(publisher.send(topics.orders(), order).toCompletableFuture());
    }

    private static void await(java.util.concurrent.CompletableFuture<?> acknowledged) throws InterruptedException {
        try {
            acknowledged.get(ACKNOWLEDGED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException | TimeoutException failed) {
            throw new IllegalStateException("Kafka did not acknowledge it, so it does NOT hold: "
                    + (failed.getCause() == null
                            ? "no answer within " + ACKNOWLEDGED_WITHIN_SECONDS + " s"
                            : failed.getCause().getMessage())
                    + "; a file named BRAKE in an actions host's home folder stops that host without Kafka", failed);
        }
    }

    @Override
    public void close() {
        publisher.close();
        serdes.close();
    }
}
