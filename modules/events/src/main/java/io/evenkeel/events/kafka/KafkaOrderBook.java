package io.evenkeel.events.kafka;

import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.events.Topics;
import java.util.HashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;

/** The topics {@code intents} and {@code orders}, with an answer within 10 s. */
public final class KafkaOrderBook implements OrderBook, AutoCloseable {

    private static final int ACKNOWLEDGED_WITHIN_SECONDS = 10;

    private final Topics topics;
    private final EventPublisher publisher;

    /** @param serializer of {@link io.evenkeel.events.serde.EventSerdes} */
    public KafkaOrderBook(KafkaSettings settings, Topics topics, String clientId, Serializer<Object> serializer) {
        this(topics, new EventPublisher(hasty(settings), clientId, serializer));
    }

    KafkaOrderBook(Topics topics, EventPublisher publisher) {
        this.topics = topics;
        this.publisher = publisher;
    }

    /** What was given up must not arrive later: the person was told that it does not hold. */
    private static KafkaSettings hasty(KafkaSettings settings) {
        var properties = new HashMap<>(settings.common());
        String limit = Integer.toString(ACKNOWLEDGED_WITHIN_SECONDS * 1_000);
        properties.put("producer." + ProducerConfig.MAX_BLOCK_MS_CONFIG, limit);
        properties.put("producer." + ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, limit);
        properties.put("producer." + ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        properties.put("producer." + ProducerConfig.LINGER_MS_CONFIG, "0");
        return new KafkaSettings(properties);
    }

    @Override
    public void set(Intent intent) throws InterruptedException {
        await(publisher.send(topics.intents(), intent));
    }

    @Override
    public void release(String key) throws InterruptedException {
        await(publisher.sendTombstone(topics.intents(), key, 0));
    }

    @Override
    public void give(Order order) throws InterruptedException {
        await(publisher.send(topics.orders(), order));
    }

    /** A second more than the producer takes, so that its word is heard. */
    private static void await(CompletionStage<?> acknowledged) throws InterruptedException {
        try {
            acknowledged.toCompletableFuture().get(ACKNOWLEDGED_WITHIN_SECONDS + 1, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw refused(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException silent) {
            throw refused(silent);
        }
    }

    private static NotAcknowledgedException refused(Throwable why) {
        return new NotAcknowledgedException("Kafka did not acknowledge it, so it does NOT hold: "
                + (why instanceof TimeoutException
                        ? "no answer within " + ACKNOWLEDGED_WITHIN_SECONDS + " s"
                        : why.getMessage())
                + "; a file named BRAKE in an actions host's home folder stops that host without Kafka", why);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
