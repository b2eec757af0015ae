package io.evenkeel.topology.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.events.Tick;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.decode.Tombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What HEALTH was told on one partition, in the order of append times: all targets from the beginning, results and ticks
 * of a time. {@code targets} is compacted, so only the newest record of each target is there. Poison is skipped, as HEALTH
 * does. Needs no group; writes nothing.
 */
public final class PartitionReader implements AutoCloseable {

    /** {@code run} names the writers of its ticks so. */
    private static final String TICK_WRITERS = "run-";

    /** Records that are looked through for a time of append: between two data records only markers lie. */
    private static final long CLOSE = 1_000;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final Topics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Object> events;

    public PartitionReader(KafkaSettings kafka, Topics topics, EventSerdes serdes, String clientId) {
        this.topics = topics;
        this.events = serdes.deserializer();
        this.consumer = new KafkaConsumer<>(kafka.reader(clientId), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Told of each record, in order. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param event a result, a target, a {@link Tombstone} or a {@link Tick}
         * @param left records that are still to be read, about
         */
        void read(Instant appended, Object event, long left);
    }

    private record Told(Instant appended, Object event) {}

    /**
     * Reads from a time to another.
     *
     * @param clusters whose events matter, by id; ticks always do
     * @return records read, those that did not matter among them
     */
    public long read(int partition, Instant from, Instant to, Predicate<String> clusters, Listener listener) {
        var targets = targets(partition, clusters);
        var results = new TopicPartition(topics.probeResults().name(), partition);
        consumer.assign(List.of(results));
        long end = position(results, to.plusMillis(1)).orElseGet(() -> end(results));
        position(results, from).ifPresentOrElse(offset -> consumer.seek(results, offset),
                () -> consumer.seekToEnd(List.of(results)));
        long count = 0;
        while (consumer.position(results, ANSWER_WITHIN) < end) {
            for (var message : consumer.poll(POLL)) {
                if (message.offset() < end) {
                    count++;
                    var appended = Instant.ofEpochMilli(message.timestamp());
                    tell(targets, appended, end - message.offset(), listener);
                    decoded(message, clusters).ifPresent(
                            event -> listener.read(appended, event, end - message.offset()));
                }
            }
        }
        tell(targets, to, 0, listener);
        return count;
    }

    /** The newest value of a key in a compacted topic of events of ours. */
    public <T> Optional<T> newest(TopicSpec topic, int partition, String key, Class<T> type) {
        var newest = new ArrayDeque<Object>(1);
        all(new TopicPartition(topic.name(), partition), key::equals, (_, event) -> {
            newest.clear();
            newest.add(event);
        });
        return Optional.ofNullable(newest.peek()).filter(type::isInstance).map(type::cast);
    }

    /** All values of a key that a topic still has, oldest first. */
    public <T> List<T> all(TopicSpec topic, int partition, String key, Class<T> type) {
        var values = new ArrayList<T>();
        all(new TopicPartition(topic.name(), partition), key::equals, (_, event) -> {
            if (type.isInstance(event)) {
                values.add(type.cast(event));
            }
        });
        return values;
    }

    /** The newest value of each key of a compacted topic of one partition, as it stands there. */
    public SortedMap<String, byte[]> newest(String topic) {
        var values = new TreeMap<String, byte[]>();
        messages(new TopicPartition(topic, 0), 0, Long.MAX_VALUE, message -> {
            if (message.value() == null) {
                values.remove(key(message));
            } else {
                values.put(key(message), message.value());
            }
        });
        return values;
    }

    /** The newest event of each key of a compacted topic, where that is no tombstone and of this type. */
    public <T> List<T> current(TopicSpec topic, Class<T> type) {
        var newest = new TreeMap<String, T>();
        messages(partitions(topic), _ -> 0, Long.MAX_VALUE, message -> {
            newest.remove(key(message));
            event(message).filter(type::isInstance)
                    .ifPresent(event -> newest.put(key(message), type.cast(event)));
        });
        return List.copyOf(newest.values());
    }

    /** When the newest record before an offset was appended; empty when there is none close to it. */
    public Optional<Instant> appendedBefore(TopicSpec topic, int partition, long offset) {
        var newest = new ArrayDeque<Instant>(1);
        messages(new TopicPartition(topic.name(), partition), Math.max(0, offset - CLOSE), offset, message -> {
            var appended = Instant.ofEpochMilli(message.timestamp());
            if (newest.isEmpty() || newest.getFirst().isBefore(appended)) {
                newest.clear();
                newest.add(appended);
            }
        });
        return Optional.ofNullable(newest.peek());
    }

    /** The newest event of a type in each partition of a topic, where it is among the last records there. */
    public <T> List<T> last(TopicSpec topic, Class<T> type) {
        var newest = new TreeMap<Integer, T>();
        messages(partitions(topic), end -> Math.max(0, end - CLOSE), Long.MAX_VALUE, message -> event(message)
                .filter(type::isInstance).ifPresent(event -> newest.put(message.partition(), type.cast(event))));
        return List.copyOf(newest.values());
    }

    private static List<TopicPartition> partitions(TopicSpec topic) {
        return IntStream.range(0, topic.partitions()).mapToObj(i -> new TopicPartition(topic.name(), i)).toList();
    }

    private void messages(TopicPartition topic, long from, long below, Consumer<ConsumerRecord<byte[], byte[]>> read) {
        messages(List.of(topic), _ -> from, below, read);
    }

    /**
     * Of each partition those from an offset on, up to what is committed now and below another one.
     *
     * @param from by what is committed now
     */
    private void messages(List<TopicPartition> topics, LongUnaryOperator from, long below,
            Consumer<ConsumerRecord<byte[], byte[]>> read) {
        consumer.assign(topics);
        var ends = new HashMap<TopicPartition, Long>(consumer.endOffsets(topics, ANSWER_WITHIN));
        ends.replaceAll((_, end) -> Math.min(end, below));
        ends.forEach((topic, end) -> consumer.seek(topic, from.applyAsLong(end)));
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey(), ANSWER_WITHIN) < end.getValue())) {
            for (var message : consumer.poll(POLL)) {
                var end = ends.get(new TopicPartition(message.topic(), message.partition()));
                if (end != null && message.offset() < end) {
                    read.accept(message);
                }
            }
        }
    }

    private Deque<Told> targets(int partition, Predicate<String> clusters) {
        var told = new ArrayDeque<Told>();
        all(new TopicPartition(topics.targets().name(), partition), key -> clusters.test(clusterOf(key)),
                (appended, event) -> told.add(new Told(appended, event)));
        return told;
    }

    private void all(TopicPartition topic, Predicate<String> keys, BiConsumer<Instant, Object> listener) {
        messages(topic, 0, Long.MAX_VALUE, message -> {
            if (keys.test(key(message))) {
                event(message).ifPresent(
                        event -> listener.accept(Instant.ofEpochMilli(message.timestamp()), event));
            }
        });
    }

    private static void tell(Deque<Told> targets, Instant until, long left, Listener listener) {
        while (!targets.isEmpty() && !targets.getFirst().appended().isAfter(until)) {
            var next = targets.removeFirst();
            listener.read(next.appended(), next.event(), left);
        }
    }

    private Optional<Long> position(TopicPartition partition, Instant time) {
        return Optional.ofNullable(
                consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli()), ANSWER_WITHIN).get(partition))
                .map(found -> found.offset());
    }

    private long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition), ANSWER_WITHIN).getOrDefault(partition, 0L);
    }

    /** Keys are compared before anything is decoded: most of a partition is about other clusters. */
    private Optional<Object> decoded(ConsumerRecord<byte[], byte[]> message, Predicate<String> clusters) {
        String key = key(message);
        if (clusters.test(clusterOf(key))) {
            // Whatever the key says, a result is about the cluster that it names.
            return event(message).filter(event -> !(event instanceof ProbeResult result)
                    || clusters.test(result.cluster().value()));
        }
        return isTickWriter(key) ? event(message).filter(Tick.class::isInstance) : Optional.empty();
    }

    private Optional<Object> event(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() == null) {
            return Optional.of(new Tombstone(message.topic(), key(message)));
        }
        try {
            return Optional.of(events.deserialize(message.topic(), message.headers(), message.value()));
        } catch (UndecodableEventException poison) {
            return Optional.empty();
        }
    }

    /** Whether a record key of {@code probe-results} is that of ticks, and so no cluster. */
    public static boolean isTickWriter(String key) {
        return key.startsWith(TICK_WRITERS);
    }

    private static String key(ConsumerRecord<byte[], byte[]> message) {
        return message.key() == null ? "" : new String(message.key(), UTF_8);
    }

    private static String clusterOf(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
