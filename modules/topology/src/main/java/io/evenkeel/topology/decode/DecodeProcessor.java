package io.evenkeel.topology.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Tick;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.registry.RegistryUnavailableException;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.copy.Origin;
import io.evenkeel.topology.metrics.HealthMeters;
import io.evenkeel.topology.metrics.TopologyMeters;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
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
    private HealthMeters.@Nullable InputClock inputClock;

    private DecodeProcessor(Wiring wiring) {
        this.wiring = wiring;
        this.events = wiring.serdes().deserializer();
    }

    /**
     * Where results go.
     *
     * @param next child that gets events
     * @param deadLetters child that gets poison
     * @param results what else is done with probe results, where they are read
     */
    public record Wiring(EventSerdes serdes, String next, DeadLetterSink deadLetters, Optional<Results> results) {

        public ProcessorSupplier<byte[], byte[], Object, Object> supplier() {
            return () -> new DecodeProcessor(this);
        }
    }

    /**
     * Probe results come from strangers, many a second.
     *
     * @param reroute child that gets those that were sent to another partition than their cluster's, so that a publisher
     *     with another partitioner can't split a cluster
     * @param meters where they are counted
     */
    public record Results(String reroute, TopologyMeters meters) {}

    /** Also called when a task is revived. */
    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        close();
        inputClock = wiring.results().map(results -> results.meters().health().open()).orElse(null);
    }

    @Override
    public void close() {
        if (inputClock != null) {
            inputClock.close();
            inputClock = null;
        }
    }

    @Override
    public void process(Record<byte[], byte[]> bytes) {
        var metadata = context().recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a source record without metadata"));
        String topic = Origin.topic(bytes.headers(), metadata.topic());
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
        if (wiring.results().isEmpty()) {
            forward(bytes, event);
        } else {
            forward(bytes, event, metadata.partition(), wiring.results().get());
        }
    }

    private void forward(Record<byte[], byte[]> bytes, Object event, int partition, Results results) {
        if (event instanceof ProbeResult result) {
            if (Partitioning.SPREAD.forCluster(result.cluster()) != partition) {
                reroute(bytes, result, results);
                return;
            }
            results.meters().health().result();
        }
        forward(bytes, event);
        if (event instanceof Tick && inputClock != null) {
            inputClock.tick(bytes.timestamp());
        }
    }

    private void forward(Record<byte[], byte[]> bytes, Object event) {
        context().forward(new Record<>(bytes, event, bytes.timestamp()), wiring.next());
    }

    private void reroute(Record<byte[], byte[]> bytes, ProbeResult result, Results results) {
        if (bytes.headers().lastHeader(REROUTED) != null) {
            wiring.deadLetters().bury(context(), bytes,
                    new UndecodableEventException(UndecodableEventException.Reason.REJECTED,
                            "in another cluster's partition again after it was rerouted"));
            return;
        }
        LOG.atDebug().addKeyValue("cluster", result.cluster()).addKeyValue("agent", result.source().agent())
                .log("result in another cluster's partition, rerouted");
        results.meters().rerouted(result.source().agent());
        bytes.headers().add(REROUTED, new byte[0]);
        context().forward(new Record<Object, Object>(Keys.partitionKey(result).getBytes(UTF_8), bytes.value(),
                bytes.timestamp(), bytes.headers()), results.reroute());
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
