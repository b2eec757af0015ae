package io.evenkeel.topology.alert;

import io.evenkeel.core.alert.AlertRules;
import io.evenkeel.events.Topics;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.Sinks;
import io.evenkeel.topology.decode.DeadLetterSink;
import io.evenkeel.topology.decode.DecodeProcessor;
import io.evenkeel.topology.metrics.TopologyMeters;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/** decision-inputs, decisions -> decode -> alert (store alert-state) -> alerts. */
public record AlertTopology(Topics topics, EventSerdes serdes, TopologyMeters meters) implements Supplier<Topology> {

    static final String ALERTS = "write-alerts";
    private static final String READ = "read-inputs-and-decisions";
    private static final String DECODE = "decode";
    private static final String ALERT = "alert";
    static final DeadLetterSink DEAD_LETTERS = new DeadLetterSink("write-dead-letters");

    /** Without metrics. */
    public AlertTopology(Topics topics, EventSerdes serdes) {
        this(topics, serdes, TopologyMeters.unread());
    }

    @Override
    public Topology get() {
        var topology = new Topology();
        topology.addSource(READ, new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                topics.decisionInputs().name(), topics.decisions().name());
        topology.addProcessor(DECODE, new DecodeProcessor.Wiring(serdes, ALERT, DEAD_LETTERS, Optional.empty())
                .supplier(), READ);
        topology.addProcessor(ALERT, new AlertProcessor.Supplier(AlertRules::apply), DECODE);
        Sinks.events(topology, ALERTS, topics.alerts(), serdes, ALERT);
        DEAD_LETTERS.addTo(topology, topics.deadLetters(), meters, DECODE, ALERT);
        return topology;
    }
}
