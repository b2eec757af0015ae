package io.evenkeel.probe;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.EventPublisher;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicTable;
import io.evenkeel.events.serde.EventSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@link AgentBus} on Kafka. */
final class KafkaBus implements AgentBus {

    private final String clientId;
    private final KafkaSettings kafka;
    private final EventSerdes serdes;
    private final Topics topics;
    private final EventPublisher results;
    private final EventPublisher targets;
    private final String group;
    private volatile @Nullable TopicTable<Object> table;
    private volatile @Nullable VantageGroup membership;

    KafkaBus(KafkaSettings kafka, EventSerdes serdes, Topics topics, String vantage) {
        this.clientId = "agent-" + vantage;
        this.group = topics.prefix() + "agents." + vantage;
        this.kafka = kafka;
        this.serdes = serdes;
        this.topics = topics;
        this.results = new EventPublisher(impatient(kafka), clientId + "-results", serdes.serializer());
        this.targets = new EventPublisher(kafka, clientId + "-targets", serdes.serializer());
    }

    /**
     * A result's age is fixed when it is handed over. What then waits in the producer for longer would pass for new once it
     * is appended, so the producer gives it up after as long as we would. 10 s is ResultOutbox.MAX_AGE.
     */
    static KafkaSettings impatient(KafkaSettings kafka) {
        var common = new HashMap<>(kafka.common());
        common.putIfAbsent("producer.delivery.timeout.ms", "10000");
        common.putIfAbsent("producer.request.timeout.ms", "5000");
        common.putIfAbsent("producer.max.block.ms", "5000");
        return new KafkaSettings(common);
    }

    @Override
    public void start(TargetListener listener, ShareListener shares) {
        table = TopicTable.start(kafka, clientId + "-targets",
                TopicTable.Reading.told(topics.targets(), serdes.deserializer(), Object.class, listener::changed));
        membership = VantageGroup.join(kafka, clientId + "-group", group, topics.targets().name(), shares);
    }

    @Override
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        var reading = table;
        return reading != null && reading.awaitCaughtUp(timeout);
    }

    @Override
    public CompletionStage<?> send(ProbeResult result) {
        return results.send(topics.probeResults(), result);
    }

    @Override
    public void tell(ClusterFacts facts) {
        // With the impatience of results: ages are fixed when they are handed over.
        var _ = results.send(topics.clusterFacts(), facts);
    }

    @Override
    public void put(Object target) {
        // What does not arrive is logged by the publisher and found missing in the next round.
        var _ = targets.send(topics.targets(), target);
    }

    @Override
    public void delete(NodeId node) {
        int partition = new Partitioning(topics.targets().partitions()).forCluster(node.cluster());
        var _ = targets.sendTombstone(topics.targets(), node.toString(), partition);
    }

    @Override
    public void close() {
        var member = membership;
        if (member != null) {
            member.close();
        }
        var reading = table;
        if (reading != null) {
            reading.close();
        }
        results.close();
        targets.close();
    }
}
