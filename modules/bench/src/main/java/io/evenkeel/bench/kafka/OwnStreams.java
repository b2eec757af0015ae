package io.evenkeel.bench.kafka;

import io.evenkeel.topology.run.StreamsSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** A Streams application in this process, with the settings of all of Evenkeel's; it runs when it is told to. */
final class OwnStreams implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(30);

    private final KafkaStreams streams;

    /** Returns when it runs. */
    OwnStreams(KafkaWorld world, String name, Topology topology, int threads) throws Exception {
        var settings = new StreamsSettings("bench-" + name, world.folder().resolve("state-" + name).toString(), 1,
                Map.of("bootstrap.servers", world.kafka().bootstrapServers(), "num.stream.threads",
                        Integer.toString(threads)));
        streams = new KafkaStreams(topology, settings.properties());
        streams.start();
        Traffic.await(START, "the start of " + name, () -> streams.state() == KafkaStreams.State.RUNNING);
    }

    void pause() {
        streams.pause();
    }

    void resume() {
        streams.resume();
    }

    @Override
    public void close() {
        streams.close(CloseOptions.timeout(Duration.ofSeconds(20)));
    }
}
