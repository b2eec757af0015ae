package io.evenkeel.bench.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What the bench writes, and when it could read what came of it: committed records only, as any team would. Times are
 * {@link System#nanoTime}.
 */
final class Traffic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaProducer<byte[], byte[]> prompt;
    private final KafkaProducer<byte[], byte[]> bulk;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Serializer<Object> serializer;
    private final Deserializer<Object> deserializer;
    private final Map<String, Long> transitions = new ConcurrentHashMap<>();
    private final Map<String, Long> references = new ConcurrentHashMap<>();
    private final Map<Integer, Seen> newest = new ConcurrentHashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final AtomicLong brokenChains = new AtomicLong();
    private final Thread reader;
    private volatile @Nullable Exception failure;

    /** A record that was read: when the broker appended it, in milliseconds since 1970, and when it could be read. */
    record Seen(long appendedMillis, long nanos) {}

    Traffic(KafkaWorld world) {
        serializer = world.wire().serdes().serializer();
        deserializer = world.wire().serdes().deserializer();
        prompt = producer(world, "prompt", Map.of());
        bulk = producer(world, "bulk", Map.of("linger.ms", "5", "batch.size", "131072"));
        consumer = new KafkaConsumer<>(world.kafka().reader("bench"), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, Topics.SPREAD).boxed()
                .flatMap(i -> java.util.stream.Stream.of(KafkaWorld.TOPICS.nodeTransitions(), KafkaWorld.REFERENCE)
                        .map(topic -> new TopicPartition(topic.name(), i)))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        reader = Thread.ofPlatform().daemon().name("bench-reader").start(this::follow);
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaWorld world, String name, Map<String, String> more) {
        var settings = world.kafka().producer("bench-" + name);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void follow() {
        try (consumer) {
            while (true) {
                for (var bytes : consumer.poll(POLL)) {
                    read(bytes, System.nanoTime());
                }
            }
        } catch (WakeupException closed) {
            deserializer.close();
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> bytes, long nanos) {
        if (bytes.topic().equals(KafkaWorld.REFERENCE.name())) {
            references.put(new String(bytes.value(), UTF_8), nanos);
        } else if (deserializer.deserialize(bytes.topic(), bytes.value()) instanceof NodeTransition transition) {
            transitions.putIfAbsent(transition.node() + " " + transition.to(), nanos);
            newest.put(bytes.partition(), new Seen(bytes.timestamp(), nanos));
            long before = Objects.requireNonNullElse(versions.put(transition.node().toString(), transition.version()),
                    0L);
            if (transition.previousVersion() != before) {
                brokenChains.incrementAndGet();
            }
        }
    }

    /** Sends at once and alone. */
    void send(TopicSpec topic, Object event) {
        send(prompt, record(topic, event));
    }

    /** Sends with others, as many at a time as come. */
    void sendInBulk(TopicSpec topic, Object event) {
        send(bulk, record(topic, event));
    }

    /** As above, with the mark that {@link PassThrough} answers. */
    void sendMarked(TopicSpec topic, Object event, String mark) {
        var marked = record(topic, event);
        marked.headers().add(PassThrough.MARK, mark.getBytes(UTF_8));
        send(bulk, marked);
    }

    /** A record that says nothing but its name. */
    void sendNamed(TopicSpec topic, String name, int partition) {
        send(prompt, new ProducerRecord<>(topic.name(), partition % Topics.SPREAD, null,
                name.getBytes(UTF_8)));
    }

    private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> bytes) {
        var _ = producer.send(bytes, (_, failed) -> {
            if (failed != null) {
                failure = failed;
            }
        });
    }

    /**
     * Returns when the broker has all that was sent.
     *
     * @throws KafkaException when it has not: what is measured then is nothing
     */
    void flush() {
        prompt.flush();
        bulk.flush();
        var failed = failure;
        if (failed != null) {
            throw new KafkaException("a record did not reach the broker", failed);
        }
    }

    private ProducerRecord<byte[], byte[]> record(TopicSpec topic, Object event) {
        return new ProducerRecord<>(topic.name(), Partitioning.ofEvent(event, topic.partitions()),
                Keys.of(event).getBytes(UTF_8), serializer.serialize(topic.name(), event));
    }

    boolean has(SoloNode node, NodeState state) {
        return transitions.containsKey(node.node() + " " + state);
    }

    /** When the first transition of a node to a state could be read. */
    long readAt(SoloNode node, NodeState state) {
        return Objects.requireNonNull(transitions.get(node.node() + " " + state));
    }

    /** The newest transition of each partition. */
    Map<Integer, Seen> newest() {
        return Map.copyOf(newest);
    }

    /** Transitions whose predecessor was not the one read before: something was lost or doubled. */
    long brokenChains() {
        return brokenChains.get();
    }

    boolean hasReference(String name) {
        return references.containsKey(name);
    }

    long referenceReadAt(String name) {
        return Objects.requireNonNull(references.get(name));
    }

    /** Named records to a topic at a pace, until what comes of each can be read from the reference's: in milliseconds. */
    List<Double> answered(TopicSpec topic, String name, int samples, Duration pace, Duration limit)
            throws TimeoutException, InterruptedException {
        long[] sent = Pace.sent(samples, pace, i -> sendNamed(topic, name + " " + i, i));
        await(limit, "each record of the reference",
                () -> IntStream.range(0, samples).allMatch(i -> hasReference(name + " " + i)));
        return IntStream.range(0, samples).mapToObj(i -> (referenceReadAt(name + " " + i) - sent[i]) / 1e6).toList();
    }

    /** Waits until it is so. */
    static void await(Duration limit, String what, BooleanSupplier condition)
            throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(what + " did not come within " + limit.toSeconds() + " s");
            }
            Thread.sleep(2);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        prompt.close(Duration.ofSeconds(5));
        bulk.close(Duration.ofSeconds(5));
        try {
            reader.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
