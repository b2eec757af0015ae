package io.evenkeel.probe;

import io.evenkeel.events.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This agent as a member of its vantage's consumer group. The group subscribes to {@code targets} for its assignment only:
 * partition n stands for share n, and nothing is read. A member that is silent for {@code session.timeout.ms}, 6 s by
 * default, is dead to the group. A member that lost the group keeps its shares until it is given others: with Kafka gone
 * probing goes on, and to probe a target twice for a while is better than not at all.
 */
final class VantageGroup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VantageGroup.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 500;
    private static final long TOLD_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final String group;
    private final String topic;
    private final AgentBus.ShareListener listener;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private long toldAt = System.nanoTime() - TOLD_EVERY_NANOS;

    private VantageGroup(Consumer<byte[], byte[]> consumer, String group, String topic,
            AgentBus.ShareListener listener) {
        this.consumer = consumer;
        this.group = group;
        this.topic = topic;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("vantage-group").unstarted(this::run);
    }

    /** Joins, and goes on trying to. */
    static VantageGroup join(KafkaSettings kafka, String clientId, String group, String topic,
            AgentBus.ShareListener listener) {
        return join(new KafkaConsumer<>(settings(kafka, clientId, group), new ByteArrayDeserializer(),
                new ByteArrayDeserializer()), group, topic, listener);
    }

    static VantageGroup join(Consumer<byte[], byte[]> consumer, String group, String topic,
            AgentBus.ShareListener listener) {
        var member = new VantageGroup(consumer, group, topic, listener);
        member.thread.start();
        return member;
    }

    static Map<String, Object> settings(KafkaSettings kafka, String clientId, String group) {
        var settings = new HashMap<>(kafka.consumer(clientId, group));
        // Those that stay go on undisturbed while others come and go.
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return settings;
    }

    /** Leaves, so that the others need not wait for the session to end. */
    @Override
    public void close() {
        stop.countDown();
        consumer.wakeup();
        try {
            thread.join(LEAVE_WITHIN.multipliedBy(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            consumer.subscribe(List.of(topic), new ShareAssignment(consumer::pause, group, listener));
            while (stop.getCount() > 0) {
                step();
            }
        } catch (InterruptException e) {
            LOG.atDebug().setMessage("membership interrupted").addKeyValue("group", group).log();
        } finally {
            consumer.close(CloseOptions.timeout(LEAVE_WITHIN));
        }
    }

    private void step() {
        try {
            // Everything assigned is paused: polling keeps the membership and returns nothing.
            var _ = consumer.poll(POLL);
        } catch (WakeupException _) {
            // close() asks the loop to look at stop.
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            tell(e);
            pause();
        }
    }

    private void tell(KafkaException error) {
        long now = System.nanoTime();
        if (now - toldAt >= TOLD_EVERY_NANOS) {
            toldAt = now;
            LOG.atError().setMessage("agent can't be a member of its vantage's group and keeps the shares it has; it "
                    + "needs the right to READ the group").addKeyValue("group", group)
                    .addKeyValue("error", error.toString()).log();
        }
    }

    private void pause() {
        try {
            var _ = stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
