package io.evenkeel.topology.decision;

import io.evenkeel.events.Topics;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.Sinks;
import io.evenkeel.topology.decode.CopyProcessor;
import io.evenkeel.topology.decode.DeadLetterSink;
import io.evenkeel.topology.decode.DecodeProcessor;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.policy.PolicySource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * node-, cluster- and vantage-transitions, health-progress, action-outcomes, intents, orders, cluster-facts -> copy ->
 * decision-inputs (one partition, one order) -> decode -> decide (store decision-state) -> decisions, action-requests, failover-transitions,
 * service-states, intents (the brake that trips itself).
 */
public record DecisionTopology(Topics topics, EventSerdes serdes, PolicySource policies, TopologyMeters meters)
        implements
            Supplier<Topology> {

    /** What it is called: its application id is the prefix of topics and this. */
    public static final String NAME = "decision";
    static final String STORE = "decision-state";
    static final String DECISIONS = "write-decisions";
    static final String REQUESTS = "write-action-requests";
    static final String FAILOVER_TRANSITIONS = "write-failover-transitions";
    static final String SERVICE_STATES = "write-service-states";
    static final String INTENTS = "write-intents";
    private static final String READ_ALL = "read-what-matters";
    private static final String COPY = "copy";
    private static final String INPUTS = "write-decision-inputs";
    private static final String READ_INPUTS = "read-decision-inputs";
    private static final String DECODE = "decode";
    private static final String DECIDE = "decide";
    static final DeadLetterSink DEAD_LETTERS = new DeadLetterSink("write-dead-letters");

    /** Without metrics. */
    public DecisionTopology(Topics topics, EventSerdes serdes, PolicySource policies) {
        this(topics, serdes, policies, TopologyMeters.unread());
    }

    /** The compacted topic, of one partition, that holds its state between starts. */
    public static String changelog(String applicationId) {
        return applicationId + "-" + STORE + "-changelog";
    }

    @Override
    public Topology get() {
        var topology = new Topology();
        // One source, so that one task copies what HEALTH says of a partition, its progress too, by append time.
        topology.addSource(READ_ALL, new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                topics.nodeTransitions().name(), topics.clusterTransitions().name(),
                topics.vantageTransitions().name(), topics.healthProgress().name(), topics.actionOutcomes().name(),
                topics.intents().name(),
                topics.orders().name(), topics.clusterFacts().name());
        topology.addProcessor(COPY, CopyProcessor::new, READ_ALL);
        topology.addSink(INPUTS, topics.decisionInputs().name(), new ByteArraySerializer(), new ByteArraySerializer(),
                (String _, byte[] _, byte[] _, int _) -> Optional.of(Set.of(0)), COPY);

        topology.addSource(READ_INPUTS, new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                topics.decisionInputs().name());
        topology.addProcessor(DECODE, new DecodeProcessor.Wiring(serdes, DECIDE, DEAD_LETTERS, Optional.empty())
                .supplier(),
                READ_INPUTS);
        topology.addProcessor(DECIDE, new DecisionProcessor.Supplier(policies), DECODE);
        Sinks.events(topology, DECISIONS, topics.decisions(), serdes, DECIDE);
        Sinks.events(topology, REQUESTS, topics.actionRequests(), serdes, DECIDE);
        Sinks.events(topology, FAILOVER_TRANSITIONS, topics.failoverTransitions(), serdes, DECIDE);
        Sinks.events(topology, SERVICE_STATES, topics.serviceStates(), serdes, DECIDE);
        Sinks.events(topology, INTENTS, topics.intents(), serdes, DECIDE);
        DEAD_LETTERS.addTo(topology, topics.deadLetters(), meters, DECODE, DECIDE);
        return topology;
    }
}
