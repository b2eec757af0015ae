package io.evenkeel.topology;

import io.evenkeel.events.Keys;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.copy.CopyTopology;
import io.evenkeel.topology.decision.DecisionTopology;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.run.StreamsSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A topology in a TopologyTestDriver of one partition, with records in the real wire format. */
final class DrivenTopology implements AutoCloseable {

    private final TestRegistry registry;
    private final EventSerdes serdes;
    private final TopologyTestDriver driver;

    DrivenTopology(Path state, Function<EventSerdes, Topology> topology) throws Exception {
        registry = new TestRegistry();
        serdes = registry.serdes();
        var settings = new StreamsSettings("test", state.toString(), 1, Map.of("bootstrap.servers", "unused:1"));
        driver = new TopologyTestDriver(topology.apply(serdes), settings.properties());
    }

    /** DECISION, with the copy of all that it judges before it. */
    static Topology decision(EventSerdes serdes, PolicySource policies) {
        return new CopyTopology(PipelineTest.TOPICS)
                .addTo(new DecisionTopology(PipelineTest.TOPICS, serdes, policies).get());
    }

    /** Copies keep the time of what they are copies of: the driver knows no append time. */
    DrivenTopology tell(TopicSpec topic, Object event, Instant at) {
        driver.createInputTopic(topic.name(), new StringSerializer(), serdes.serializer())
                .pipeInput(Keys.of(event), event, at);
        return this;
    }

    /** What was written since it was last asked. */
    <T> List<T> read(TopicSpec topic, Class<T> type) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), serdes.deserializer())
                .readValuesToList().stream().map(type::cast).toList();
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return driver.createOutputTopic(PipelineTest.TOPICS.deadLetters().name(), new StringDeserializer(),
                new ByteArrayDeserializer()).readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
        serdes.close();
        registry.close();
    }
}
