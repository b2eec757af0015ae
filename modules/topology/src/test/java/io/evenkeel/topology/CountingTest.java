package io.evenkeel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.topology.policy.PolicySource;
import java.util.TreeMap;
import java.util.List;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Tick;
import io.evenkeel.events.Topics;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.health.HealthTopology;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.run.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What HEALTH counts on its way. */
class CountingTest {

    private static final Topics TOPICS = new Topics();
    private static final String RESULTS = TOPICS.probeResults().name();

    private static final PolicySet POLICIES = new PolicySet(HealthPolicy.defaults("r1"), new TreeMap<>(),
            new DecisionPolicy("r1", false, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5),
                    Duration.ofMinutes(5), Duration.ofMinutes(5), 1, false, List.of()));

    @TempDir
    private Path state;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TestRegistry registry;
    private EventSerdes serdes;
    private TopologyTestDriver driver;

    @BeforeEach
    void start() throws Exception {
        registry = new TestRegistry();
        serdes = registry.serdes();
        var settings = new StreamsSettings("test", state.toString(), 1, Map.of("bootstrap.servers", "unused:1"));
        driver = new TopologyTestDriver(new HealthTopology(TOPICS, serdes, PolicySource.fixed(POLICIES),
                new TopologyMeters(meters)).get(), settings.properties());
    }

    @AfterEach
    void stop() {
        driver.close();
        assertThat(meters.get("evenkeel.health.lag").gauge().value()).as("no task is left").isNaN();
        serdes.close();
        registry.close();
    }

    /** The driver has one partition, 0. */
    private static ProbeResult ofClusterIn(int partition) {
        var cluster = IntStream.range(0, 1_000).mapToObj(i -> new ClusterId("cluster-" + i))
                .filter(id -> Partitioning.SPREAD.forCluster(id) == partition).findFirst().orElseThrow();
        return new ProbeResult.NodeProbed(new NodeId(cluster, "d1"), "i-1",
                new ProbeSource("va", "z1", "their-agent", "boot", 1), ProbeResult.Purpose.SCHEDULED,
                new ProbeResult.Outcome.Success(),
                new ProbeResult.Timing(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30)));
    }

    private void tell(Object event) {
        driver.createInputTopic(RESULTS, new StringSerializer(), serdes.serializer()).pipeInput("key", event,
                Instant.now());
    }

    private double deadLetters(String reason) {
        return meters.get("evenkeel.topology.dead.letters").tags("topic", RESULTS, "reason", reason).counter().count();
    }

    @Test
    void resultsThatAreJudgedAreCounted() {
        tell(ofClusterIn(0));
        tell(new Tick("run", 1));
        tell(ofClusterIn(0));
        assertThat(meters.get("evenkeel.health.results").functionCounter().count()).isEqualTo(2);
    }

    @Test
    void aReroutedResultIsCountedByItsPublisherAndAsADeadLetterWhenItComesBack() {
        // What the driver writes to an input topic comes back in its only partition: astray again.
        tell(ofClusterIn(5));
        assertThat(meters.get("evenkeel.topology.rerouted.results").tag("publisher", "their-agent").counter().count())
                .isEqualTo(1);
        assertThat(deadLetters("REJECTED")).isEqualTo(1);
        assertThat(meters.get("evenkeel.health.results").functionCounter().count()).isZero();
    }

    @Test
    void poisonIsCountedByTopicAndReason() {
        var raw = driver.createInputTopic(RESULTS, new StringSerializer(), new ByteArraySerializer());
        raw.pipeInput("primary", new byte[]{42, 1, 2, 3, 4});
        raw.pipeInput("primary", new byte[]{0, 1});
        assertThat(deadLetters("BAD_MAGIC_BYTE")).isEqualTo(1);
        assertThat(deadLetters("TRUNCATED")).isEqualTo(1);
    }

    @Test
    void theLagIsTakenFromTicks() {
        driver.createInputTopic(RESULTS, new StringSerializer(), serdes.serializer()).pipeInput("run",
                new Tick("run", 1), Instant.now().minusSeconds(3_600));
        assertThat(meters.get("evenkeel.health.lag").gauge().value()).isBetween(3_600.0, 3_700.0);
    }
}
