package io.evenkeel.topology.alert;

import io.evenkeel.events.Topics;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.Sinks;
import io.evenkeel.topology.decode.DeadLetterSink;
import io.evenkeel.topology.decode.DecodeProcessor;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/** decision-inputs, decisions -> decode -> alert (store alert-state) -> alerts. */
public record AlertTopology(Topics topics, EventSerdes serdes) implements Supplier<Topology> {

    static final String ALERTS = "write-alerts";
    private static final String READ = "read-inputs-and-decisions";
    private static final String DECODE = "decode";
    private static final String ALERT = "alert";
    static final DeadLetterSink DEAD_LETTERS = new DeadLetterSink("write-dead-letters");

    @Override
    public Topology get() {
        var topology = new Topology();
        topology.addSource(READ, new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                topics.decisionInputs().name(), topics.decisions().name());
        topology.addProcessor(DECODE, new DecodeProcessor.Wiring(serdes, ALERT, DEAD_LETTERS, "").supplier(), READ);
        topology.addProcessor(ALERT, new AlertProcessor.Supplier(), DECODE);
        Sinks.events(topology, ALERTS, topics.alerts(), serdes, ALERT);
        Sinks.bytes(topology, DEAD_LETTERS.child(), topics.deadLetters(), DECODE, ALERT);
        return topology;
    }
}
