package io.evenkeel.topology.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.events.Topics;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.run.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copying, and passing on once, through TopologyTestDriver. */
final class CopyTest {

    private static final Topics TOPICS = new Topics();
    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final String PASSED = "passed";

    @TempDir
    private Path state;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private TopologyTestDriver driver(Topology topology) {
        return new TopologyTestDriver(topology, new StreamsSettings("test", state.toString(), 1,
                Map.of("bootstrap.servers", "unused:1"), StreamsSettings.Guarantee.AT_LEAST_ONCE).properties());
    }

    private Topology once() {
        var topology = new Topology();
        topology.addSource("read", new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                TOPICS.decisionInputs().name());
        topology.addProcessor("once", new OnceProcessor.Supplier(TOPICS.decisionInputs(),
                new TopologyMeters(meters)), "read");
        topology.addSink("write", PASSED, new ByteArraySerializer(), new ByteArraySerializer(), "once");
        return topology;
    }

    private static void tell(TopologyTestDriver driver, String topic, TestRecord<byte[], byte[]> record) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer()).pipeInput(record);
    }

    private static List<TestRecord<byte[], byte[]>> read(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static TestRecord<byte[], byte[]> record(String value, Instant at) {
        return new TestRecord<>("key".getBytes(UTF_8), value.getBytes(UTF_8), new RecordHeaders(), at);
    }

    @Test
    void aCopyIsByteForByteWhatItWasAndSaysWhereItCameFrom() {
        try (var driver = driver(new CopyTopology(TOPICS).get())) {
            String intents = TOPICS.intents().name();
            tell(driver, intents, record("first", T0));
            tell(driver, intents, record("second", T0.plusMillis(7)));
            tell(driver, TOPICS.orders().name(), record("third", T0.plusMillis(9)));

            var copies = read(driver, TOPICS.decisionInputs().name());
            assertThat(copies).extracting(copy -> new String(copy.value(), UTF_8)).containsExactly("first", "second",
                    "third");
            assertThat(copies).extracting(copy -> Origin.of(copy.headers()).orElseThrow()).containsExactly(
                    new Origin(new TopicPartition(intents, 0), 0, OptionalLong.empty(), T0),
                    new Origin(new TopicPartition(intents, 0), 1, OptionalLong.of(0), T0.plusMillis(7)),
                    new Origin(new TopicPartition(TOPICS.orders().name(), 0), 0, OptionalLong.empty(),
                            T0.plusMillis(9)));
        }
    }

    @Test
    void aTombstoneIsCopiedToo() {
        try (var driver = driver(new CopyTopology(TOPICS).get())) {
            tell(driver, TOPICS.intents().name(),
                    new TestRecord<>("key".getBytes(UTF_8), null, new RecordHeaders(), T0));
            assertThat(read(driver, TOPICS.decisionInputs().name())).singleElement()
                    .satisfies(copy -> assertThat(copy.value()).isNull());
        }
    }

    @Test
    void aRepetitionAndWhatIsTooEarlyAreNotPassedOnAndAreCounted() {
        try (var driver = driver(once())) {
            tellCopy(driver, 3, OptionalLong.empty());
            tellCopy(driver, 5, OptionalLong.of(3));
            tellCopy(driver, 3, OptionalLong.empty());
            tellCopy(driver, 5, OptionalLong.of(3));
            tellCopy(driver, 9, OptionalLong.of(8));
            tellCopy(driver, 8, OptionalLong.empty());
            tellCopy(driver, 9, OptionalLong.of(8));
            assertThat(read(driver, PASSED)).extracting(passed -> new String(passed.value(), UTF_8))
                    .containsExactly("3", "5", "8", "9");
        }
        assertThat(passedOver("REPEATED")).isEqualTo(2);
        assertThat(passedOver("EARLY")).isEqualTo(1);
    }

    @Test
    void copiesThatWereDeletedBeforeTheyWereReadAreNotWaitedFor() {
        try (var driver = driver(once())) {
            tellCopy(driver, 3, OptionalLong.empty());
            // As after an offset that is no longer there.
            driver.<String, byte[]>getKeyValueStore("copied").put("read",
                    ByteBuffer.allocate(Long.BYTES).putLong(-7).array());
            tellCopy(driver, 3, OptionalLong.empty());
            tellCopy(driver, 9, OptionalLong.of(8));
            tellCopy(driver, 12, OptionalLong.of(11));
            assertThat(read(driver, PASSED)).extracting(passed -> new String(passed.value(), UTF_8))
                    .containsExactly("3", "9");
        }
        assertThat(passedOver("EARLY")).isEqualTo(1);
    }

    @Test
    void whatComesFromElsewhereIsNotLookedAt() {
        var topology = new Topology();
        topology.addSource("read", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "elsewhere");
        topology.addProcessor("once", new OnceProcessor.Supplier(TOPICS.decisionInputs(), new TopologyMeters(meters)),
                "read");
        topology.addSink("write", PASSED, new ByteArraySerializer(), new ByteArraySerializer(), "once");
        try (var driver = driver(topology)) {
            var record = record("as it is", T0);
            new Origin(new TopicPartition("intents", 0), 1, OptionalLong.empty(), T0).mark(record.headers());
            tell(driver, "elsewhere", record);
            tell(driver, "elsewhere", record);
            assertThat(read(driver, PASSED)).hasSize(2);
        }
    }

    @Test
    void whatIsNoCopyOrDoesNotSayOfWhatIsPassedOnAsItIs() {
        try (var driver = driver(once())) {
            var tick = record("tick", T0);
            var older = record("older", T0);
            older.headers().add("evenkeel.source-topic", "intents".getBytes(UTF_8));
            var broken = record("broken", T0);
            new Origin(new TopicPartition("intents", 0), 1, OptionalLong.empty(), T0).mark(broken.headers());
            broken.headers().remove("evenkeel.source-offset").add("evenkeel.source-offset", "x".getBytes(UTF_8));
            for (int twice = 0; twice < 2; twice++) {
                for (var record : List.of(tick, older, broken)) {
                    tell(driver, TOPICS.decisionInputs().name(), record);
                }
            }
            assertThat(read(driver, PASSED)).hasSize(6);
        }
    }

    private static void tellCopy(TopologyTestDriver driver, long offset, OptionalLong before) {
        var record = record(Long.toString(offset), T0.plusSeconds(100));
        new Origin(new TopicPartition("intents", 0), offset, before, T0).mark(record.headers());
        tell(driver, TOPICS.decisionInputs().name(), record);
    }

    private double passedOver(String reason) {
        return meters.get("evenkeel.topology.copies.passed.over").tag("reason", reason).counter().count();
    }
}
