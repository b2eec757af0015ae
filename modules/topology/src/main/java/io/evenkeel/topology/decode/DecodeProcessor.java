package io.evenkeel.topology.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.registry.RegistryUnavailableException;
import io.evenkeel.events.serde.EventSerdes;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes to events (or {@link Tombstone}s) for the next processor, each with the received record as its key, for the case
 * that a rule throws. Poison is forwarded to the dead letters, within the
 * task's transaction. While the registry is away the partition waits: an outage loses nothing.
 */
public final class DecodeProcessor extends ContextualProcessor<byte[], byte[], Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(DecodeProcessor.class);
    private static final Duration RETRY_EVERY = Duration.ofMillis(500);
    /** Below max.poll.interval.ms (5 min by default), so that the instance keeps its place in the group. */
    private static final Duration WAIT_AT_MOST = Duration.ofMinutes(4);
    /** A line every 10 s. */
    private static final int TRIES_PER_LOG_LINE = 20;
    private static final String REROUTED = "evenkeel.rerouted";

    private final Wiring wiring;
    private final Deserializer<Object> events;

    private DecodeProcessor(Wiring wiring) {
        this.wiring = wiring;
        this.events = wiring.serdes().deserializer();
    }

    /**
     * Where results go.
     *
     * @param next child that gets events
     * @param deadLetters child that gets poison
     * @param reroute child that gets probe results that were sent to another partition than their cluster's, so that a
     *     publisher with another partitioner can't split a cluster; empty where partitions don't matter
     */
    public record Wiring(EventSerdes serdes, String next, DeadLetterSink deadLetters, String reroute) {

        public ProcessorSupplier<byte[], byte[], Object, Object> supplier() {
            return () -> new DecodeProcessor(this);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> bytes) {
        var metadata = context().recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a source record without metadata"));
        String topic = SourceTopic.of(bytes.headers(), metadata.topic());
        String key = bytes.key() == null ? "" : new String(bytes.key(), UTF_8);
        if (bytes.value() == null) {
            forward(bytes, new Tombstone(topic, key));
            return;
        }
        Object event;
        try {
            event = waiting(metadata, () -> events.deserialize(topic, bytes.headers(), bytes.value()));
        } catch (UndecodableEventException poison) {
            wiring.deadLetters().bury(context(), bytes, poison);
            return;
        }
        if (isMisrouted(event, metadata.partition())) {
            reroute(bytes, (ProbeResult) event);
        } else {
            forward(bytes, event);
        }
    }

    private void forward(Record<byte[], byte[]> bytes, Object event) {
        context().forward(new Record<>(bytes, event, bytes.timestamp()), wiring.next());
    }

    private boolean isMisrouted(Object event, int partition) {
        return !wiring.reroute().isEmpty() && event instanceof ProbeResult result
                && Partitioning.SPREAD.forCluster(result.cluster()) != partition;
    }

    private void reroute(Record<byte[], byte[]> bytes, ProbeResult result) {
        if (bytes.headers().lastHeader(REROUTED) != null) {
            wiring.deadLetters().bury(context(), bytes,
                    new UndecodableEventException(UndecodableEventException.Reason.REJECTED,
                            "in another cluster's partition again after it was rerouted"));
            return;
        }
        LOG.atDebug().addKeyValue("cluster", result.cluster()).addKeyValue("agent", result.source().agent())
                .log("result in another cluster's partition, rerouted");
        bytes.headers().add(REROUTED, new byte[0]);
        context().forward(new Record<Object, Object>(Keys.partitionKey(result).getBytes(UTF_8), bytes.value(),
                bytes.timestamp(), bytes.headers()), wiring.reroute());
    }

    private static <T> T waiting(RecordMetadata record, Supplier<T> call) {
        long deadline = System.nanoTime() + WAIT_AT_MOST.toNanos();
        for (int tries = 0;; tries++) {
            try {
                return call.get();
            } catch (RegistryUnavailableException unavailable) {
                if (System.nanoTime() - deadline > 0) {
                    throw unavailable;
                }
                if (tries % TRIES_PER_LOG_LINE == 0) {
                    LOG.atWarn().addKeyValue("topic", record.topic()).addKeyValue("partition", record.partition())
                            .addKeyValue("offset", record.offset()).addKeyValue("error", unavailable.getMessage())
                            .log("schema registry does not answer, the record waits");
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_EVERY);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(interrupted);
        }
    }
}
