package io.evenkeel.topology.health;

import io.evenkeel.events.Topics;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.Sinks;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.decode.DeadLetterSink;
import io.evenkeel.topology.decode.DecodeProcessor;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.policy.PolicySource;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * probe-results, targets -> decode -> judge (store cluster-health) -> node- and cluster-transitions and -states,
 * health-progress. One hop: all of a cluster is in one partition. Poison -> dead-letters; results in a wrong partition -> back, once.
 */
public record HealthTopology(Topics topics, EventSerdes serdes, PolicySource policies, TopologyMeters meters)
        implements
            Supplier<Topology> {

    static final String NODE_TRANSITIONS = "write-node-transitions";
    static final String NODE_STATES = "write-node-states";
    static final String CLUSTER_TRANSITIONS = "write-cluster-transitions";
    static final String CLUSTER_STATES = "write-cluster-states";
    static final String VANTAGE_TRANSITIONS = "write-vantage-transitions";
    static final String VANTAGE_STATES = "write-vantage-states";
    static final String PROGRESS = "write-health-progress";
    private static final String READ = "read-results-and-targets";
    private static final String DECODE = "decode";
    private static final String JUDGE = "judge-health";
    static final DeadLetterSink DEAD_LETTERS = new DeadLetterSink("write-dead-letters");
    private static final String REROUTE = "reroute-probe-results";

    /** Without metrics. */
    public HealthTopology(Topics topics, EventSerdes serdes, PolicySource policies) {
        this(topics, serdes, policies, TopologyMeters.unread());
    }

    @Override
    public Topology get() {
        var topology = new Topology();
        topology.addSource(READ, new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                topics.probeResults().name(), topics.targets().name());
        var results = Optional.of(new DecodeProcessor.Results(REROUTE, meters));
        topology.addProcessor(DECODE, new DecodeProcessor.Wiring(serdes, JUDGE, DEAD_LETTERS, results).supplier(),
                READ);
        topology.addProcessor(JUDGE, new HealthProcessor.Supplier(policies, meters.health(),
                ThreadLocal.withInitial(CommitBudget::new)), DECODE);
        Sinks.events(topology, NODE_TRANSITIONS, topics.nodeTransitions(), serdes, JUDGE);
        Sinks.events(topology, NODE_STATES, topics.nodeStates(), serdes, JUDGE);
        Sinks.events(topology, CLUSTER_TRANSITIONS, topics.clusterTransitions(), serdes, JUDGE);
        Sinks.events(topology, CLUSTER_STATES, topics.clusterStates(), serdes, JUDGE);
        Sinks.events(topology, VANTAGE_TRANSITIONS, topics.vantageTransitions(), serdes, JUDGE);
        Sinks.events(topology, VANTAGE_STATES, topics.vantageStates(), serdes, JUDGE);
        Sinks.events(topology, PROGRESS, topics.healthProgress(), serdes, JUDGE);
        DEAD_LETTERS.addTo(topology, topics.deadLetters(), meters, DECODE, JUDGE);
        Sinks.bytes(topology, REROUTE, topics.probeResults(), DECODE);
        return topology;
    }
}
