package io.evenkeel.topology.decision;

import io.evenkeel.events.Topics;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.Sinks;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.copy.OnceProcessor;
import io.evenkeel.topology.decode.DeadLetterSink;
import io.evenkeel.topology.decode.DecodeProcessor;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.policy.PolicySource;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * decision-inputs (one partition, one order) -> once (store copied) -> decode -> decide (store decision-state) -> decisions,
 * action-requests, failover-transitions, service-states, intents (the brake that trips itself).
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
    private static final String READ_INPUTS = "read-decision-inputs";
    private static final String ONCE = "once";
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
        topology.addSource(READ_INPUTS, new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                topics.decisionInputs().name());
        topology.addProcessor(ONCE, new OnceProcessor.Supplier(topics.decisionInputs(), meters), READ_INPUTS);
        topology.addProcessor(DECODE, new DecodeProcessor.Wiring(serdes, DECIDE, DEAD_LETTERS, Optional.empty())
                .supplier(), ONCE);
        topology.addProcessor(DECIDE, new DecisionProcessor.Supplier(policies,
                ThreadLocal.withInitial(CommitBudget::new)), DECODE);
        Sinks.events(topology, DECISIONS, topics.decisions(), serdes, DECIDE);
        Sinks.events(topology, REQUESTS, topics.actionRequests(), serdes, DECIDE);
        Sinks.events(topology, FAILOVER_TRANSITIONS, topics.failoverTransitions(), serdes, DECIDE);
        Sinks.events(topology, SERVICE_STATES, topics.serviceStates(), serdes, DECIDE);
        Sinks.events(topology, INTENTS, topics.intents(), serdes, DECIDE);
        DEAD_LETTERS.addTo(topology, topics.deadLetters(), meters, DECODE, DECIDE);
        return topology;
    }
}
