package io.evenkeel.topology.copy;

import io.evenkeel.events.Topics;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * node-, cluster- and vantage-transitions, health-progress, action-outcomes, intents, orders, cluster-facts -> copy ->
 * decision-inputs (one partition, one order). Runs at least once, without transactions, so that a copy can be read as soon
 * as it is written; {@link OnceProcessor} passes on what may be there twice.
 */
public record CopyTopology(Topics topics) implements Supplier<Topology> {

    /** What it is called: its application id is the prefix of topics and this. */
    public static final String NAME = "copy";

    private static final String READ = "read-what-matters";
    private static final String COPY = "copy";
    private static final String INPUTS = "write-decision-inputs";

    @Override
    public Topology get() {
        return addTo(new Topology());
    }

    /** Beside what else a topology does. */
    public Topology addTo(Topology topology) {
        // One source, so that one task copies what HEALTH says of a partition, its progress too, by append time.
        topology.addSource(READ, new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                topics.nodeTransitions().name(), topics.clusterTransitions().name(),
                topics.vantageTransitions().name(), topics.healthProgress().name(), topics.actionOutcomes().name(),
                topics.intents().name(), topics.orders().name(), topics.clusterFacts().name());
        topology.addProcessor(COPY, CopyProcessor::new, READ);
        topology.addSink(INPUTS, topics.decisionInputs().name(), new ByteArraySerializer(), new ByteArraySerializer(),
                (String _, byte[] _, byte[] _, int _) -> Optional.of(Set.of(0)), COPY);
        return topology;
    }
}
