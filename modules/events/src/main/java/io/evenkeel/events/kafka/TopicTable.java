package io.evenkeel.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compacted topic in memory: read from the beginning without a group, then followed on a thread of its own. Only what is
 * committed is seen. An outage of Kafka or of the registry is waited out; poison is counted and skipped.
 *
 * @param <V> type of the values
 */
public final class TopicTable<V> implements AutoCloseable {

    /** Told of each record in the order of its partition, on the table's thread. */
    @FunctionalInterface
    public interface Listener<V> {
        /**
         * @param now null for a tombstone
         * @param appendedAt append time of the record
         */
        void changed(String key, @Nullable V now, Instant appendedAt);
    }

    /**
     * What to read, what to keep and whom to tell.
     *
     * @param values of {@link io.evenkeel.events.serde.EventSerdes}
     * @param type values of another type are poison; {@code Object.class} where a topic has several
     * @param kept a value that is none of these takes its key's row away, as a tombstone does
     */
    public record Reading<V>(TopicSpec topic, Deserializer<Object> values, Class<V> type, Predicate<V> kept,
            Listener<V> listener) {

        /** The newest value of each key is kept, nobody told. */
        public static <V> Reading<V> kept(TopicSpec topic, Deserializer<Object> values, Class<V> type) {
            return kept(topic, values, type, _ -> true);
        }

        /** As above, of these values only. */
        public static <V> Reading<V> kept(TopicSpec topic, Deserializer<Object> values, Class<V> type,
                Predicate<V> kept) {
            return new Reading<>(topic, values, type, kept, (_, _, _) -> {
            });
        }

        /** Nothing is kept: the listener has a table of its own. */
        public static <V> Reading<V> told(TopicSpec topic, Deserializer<Object> values, Class<V> type,
                Listener<V> listener) {
            return new Reading<>(topic, values, type, _ -> false, listener);
        }
    }

    /**
     * A row as it was read.
     *
     * @param offset in its partition
     */
    public record Read<V>(V value, long offset) {}

    private static final Logger LOG = LoggerFactory.getLogger(TopicTable.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_MILLIS = 500;

    /** Somebody who waits until the table has caught up. */
    private record Wait(CompletableFuture<Void> reached) {}

    /** Done when the table has come as far as the topic's end was when it was asked. */
    private record Barrier(CompletableFuture<Void> reached, Map<TopicPartition, Long> ends) {}

    private final Reading<V> reading;
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<String, V> rows = new ConcurrentHashMap<>();
    private final Queue<Wait> asked = new ConcurrentLinkedQueue<>();
    private final List<Barrier> barriers = new ArrayList<>();
    private final AtomicLong poisoned = new AtomicLong();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Read<V> newest;
    private final Thread thread;

    private TopicTable(Reading<V> reading, Consumer<byte[], byte[]> consumer) {
        this.reading = reading;
        this.consumer = consumer;
        this.partitions = IntStream.range(0, reading.topic().partitions())
                .mapToObj(partition -> new TopicPartition(reading.topic().name(), partition)).toList();
        this.thread = Thread.ofPlatform().daemon().name("table-" + reading.topic().name()).unstarted(this::run);
    }

    /** Starts to read. */
    public static <V> TopicTable<V> start(KafkaSettings settings, String clientId, Reading<V> reading) {
        return start(new KafkaConsumer<>(settings.reader(clientId), new ByteArrayDeserializer(),
                new ByteArrayDeserializer()), reading);
    }

    static <V> TopicTable<V> start(Consumer<byte[], byte[]> consumer, Reading<V> reading) {
        var table = new TopicTable<>(reading, consumer);
        table.thread.start();
        return table;
    }

    /**
     * Waits until all that was committed before this call is in the table.
     *
     * @return false when the time was over first, or the table was closed
     */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        var wait = new Wait(new CompletableFuture<>());
        asked.add(wait);
        try {
            wait.reached().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            wait.reached().cancel(false);
            asked.remove(wait);
            return false;
        }
    }

    public Optional<V> get(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** What was read last; of a topic with one partition the newest row. */
    public Optional<Read<V>> newest() {
        return Optional.ofNullable(newest);
    }

    /** All rows as they are now. */
    public Map<String, V> snapshot() {
        return Map.copyOf(rows);
    }

    /** Takes away the rows that hold true of this: what has ended without a record. */
    public void forget(Predicate<V> ended) {
        rows.values().removeIf(ended);
    }

    /** Records that were no event of this type. */
    public long poisoned() {
        return poisoned.get();
    }

    @Override
    public void close() {
        stop.countDown();
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped()) {
                step();
            }
        } catch (InterruptException e) {
            LOG.atDebug().setMessage("table interrupted").addKeyValue("topic", reading.topic().name()).log();
        }
    }

    private void step() {
        try {
            for (var message : consumer.poll(POLL)) {
                accept(message);
            }
            settleBarriers();
        } catch (WakeupException _) {
            // close() asks the loop to look at stop.
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.atWarn().setMessage("table can't be read, trying again").addKeyValue("topic", reading.topic().name())
                    .addKeyValue("error", e.toString()).log();
            pause();
        }
    }

    private void settleBarriers() {
        var waiting = List.copyOf(asked);
        if (!waiting.isEmpty()) {
            // Taken off the queue only once the end is known: a failing broker must not make anybody wait for nothing.
            var ends = consumer.endOffsets(partitions);
            waiting.forEach(wait -> barriers.add(new Barrier(wait.reached(), ends)));
            asked.removeAll(waiting);
        }
        barriers.removeIf(barrier -> {
            boolean passed = barrier.ends().entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            if (passed) {
                barrier.reached().complete(null);
            }
            return passed || barrier.reached().isDone();
        });
    }

    private void accept(ConsumerRecord<byte[], byte[]> message) {
        while (!stopped()) {
            try {
                apply(message);
                return;
            } catch (UndecodableEventException e) {
                poisoned.incrementAndGet();
                LOG.atWarn().setMessage("undecodable record skipped").addKeyValue("topic", message.topic())
                        .addKeyValue("partition", message.partition()).addKeyValue("offset", message.offset())
                        .addKeyValue("error", e.toString()).log();
                return;
            } catch (RetriableException e) {
                LOG.atWarn().setMessage("table waits").addKeyValue("topic", message.topic())
                        .addKeyValue("error", e.toString()).log();
                pause();
            }
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> message) {
        if (message.key() == null) {
            throw new UndecodableEventException(Reason.REJECTED, "a record of a table must have a key");
        }
        String key = new String(message.key(), UTF_8);
        Object value = reading.values().deserialize(message.topic(), message.value());
        if (value != null && !reading.type().isInstance(value)) {
            throw new UndecodableEventException(Reason.UNKNOWN_TYPE, "must be " + reading.type().getSimpleName()
                    + ", was " + value.getClass().getSimpleName());
        }
        V read = value == null ? null : reading.type().cast(value);
        if (read != null && reading.kept().test(read)) {
            rows.put(key, read);
            newest = new Read<>(read, message.offset());
        } else {
            rows.remove(key);
        }
        tell(key, read, Instant.ofEpochMilli(message.timestamp()));
    }

    private void tell(String key, @Nullable V now, Instant at) {
        try {
            reading.listener().changed(key, now, at);
        } catch (RuntimeException e) {
            // A listener's bug must not stop the table: others rely on its rows.
            LOG.atError().setMessage("table listener failed").setCause(e).addKeyValue("topic", reading.topic().name())
                    .addKeyValue("key", key).log();
        }
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    private void pause() {
        try {
            stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
