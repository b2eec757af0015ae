package io.evenkeel.topology.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one topology. A thread that ends is replaced when {@link ThreadFailures} says so; anything else stops this
 * application and is told to the owner, so that the process dies loudly instead of standing still.
 */
public final class StreamsRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final String name;
    private final InstantSource clock;
    private final KafkaStreams streams;
    private @Nullable KafkaStreamsMetrics bound;
    private final ThreadFailures failures = new ThreadFailures();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param clock the machine's: how often threads end is a matter of real time
     * @param onFailure called once, from a Streams thread, when the application has stopped for good
     */
    public StreamsRunner(Topology topology, StreamsSettings settings, InstantSource clock,
            Consumer<Throwable> onFailure) {
        name = settings.applicationId();
        this.clock = clock;
        streams = new KafkaStreams(topology, settings.properties());
        streams.setUncaughtExceptionHandler(error -> respond(error, onFailure));
    }

    /** Kafka's own metrics of this application, of its consumers and producers, until it is closed. */
    public StreamsRunner measuredBy(MeterRegistry registry) {
        var metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        bound = metrics;
        return this;
    }

    public void start() {
        streams.start();
    }

    public boolean isRunning() {
        return streams.state() == State.RUNNING;
    }

    /** RUNNING, REBALANCING, ERROR ...: Kafka Streams' own word. */
    public String state() {
        return streams.state().name();
    }

    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    private StreamThreadExceptionResponse respond(Throwable error, Consumer<Throwable> onFailure) {
        if (failures.mayStartOver(error, clock.instant())) {
            LOG.atWarn().addKeyValue("application", name).addKeyValue("error", error.toString())
                    .log("a thread ended, a new one starts from what was committed last");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (failure.compareAndSet(null, error)) {
            LOG.atError().addKeyValue("application", name).setCause(error).log("streams application stops");
            onFailure.accept(error);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Leaves the group, so that another instance goes on at once instead of after the session time-out. */
    @Override
    public void close() {
        var metrics = bound;
        if (metrics != null) {
            metrics.close();
        }
        streams.close(CloseOptions.timeout(CLOSE_WITHIN)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
