package io.evenkeel.cli.explain;

import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.whatif.Present;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.policy.PolicyTable;
import io.evenkeel.topology.replay.PartitionReader;
import io.evenkeel.topology.replay.PresentReader;
import java.time.Duration;

/** What commands that look back need of Kafka: a reader of partitions, and the policies. */
public final class History implements AutoCloseable {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final String CLIENT = "evenkeel-cli";

    private final Topics topics;
    private final KafkaSettings kafka;
    private final EventSerdes serdes;
    private final PartitionReader reader;
    private final PolicyTable policies;

    public History(EvenkeelConfig config) throws InterruptedException {
        topics = new Topics(config.kafka().topicPrefix());
        kafka = new KafkaSettings(config.kafka().clientSettings());
        serdes = new EventSerdes(config.registry().settings());
        reader = new PartitionReader(kafka, topics, serdes, CLIENT);
        policies = PolicyTable.start(kafka, CLIENT + "-policies", topics, serdes, config.policies());
        if (!policies.awaitCaughtUp(ANSWER_WITHIN)) {
            close();
            throw new IllegalStateException("Kafka at " + kafka.bootstrapServers()
                    + " does not answer, or has no topic "
                    + topics.policies().name() + "; is kafka.bootstrapServers right, and did 'evenkeel run' start?");
        }
    }

    public Topics topics() {
        return topics;
    }

    /** What DECISION knows, and what it decides by. */
    public Present present() throws InterruptedException {
        return new PresentReader(kafka, topics).read(reader, policies, CLIENT);
    }

    public PartitionReader reader() {
        return reader;
    }

    PolicyTable policies() {
        return policies;
    }

    @Override
    public void close() {
        policies.close();
        reader.close();
        serdes.close();
    }
}
