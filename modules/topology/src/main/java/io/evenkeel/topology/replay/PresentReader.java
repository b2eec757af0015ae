package io.evenkeel.topology.replay;

import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.whatif.Present;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.topology.decision.DecisionMaps;
import io.evenkeel.topology.decision.DecisionTopology;
import io.evenkeel.topology.policy.PolicyInForce;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.state.KeptState;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What DECISION knows now: what its changelog holds, as of the record that its committed position follows. Both are written
 * in one transaction, so this is what a process that takes over would begin with; HEALTH's progress, which nobody keeps, is
 * read from its topic. Joins no group; writes nothing.
 */
public final class PresentReader {

    private final KafkaSettings kafka;
    private final Topics topics;
    private final String applicationId;

    public PresentReader(KafkaSettings kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
        applicationId = topics.prefix() + DecisionTopology.NAME;
    }

    /**
     * Reads it.
     *
     * @throws IllegalStateException when nothing was ever decided here
     */
    public Present read(PartitionReader reader, PolicySource policies, String clientId) throws InterruptedException {
        long position = committed(clientId)
                .orElseThrow(() -> new IllegalStateException("DECISION has committed nothing: "
                        + "the group " + applicationId + " is not known to Kafka at " + kafka.bootstrapServers()
                        + "; is kafka.topicPrefix right, and did 'evenkeel run' start?"));
        var asOf = reader.appendedBefore(topics.decisionInputs(), 0, position)
                .orElseThrow(() -> new IllegalStateException("what DECISION read last is no longer in "
                        + topics.decisionInputs().name() + ": it has not run for longer than the topic keeps"));
        var kept = reader.newest(DecisionTopology.changelog(applicationId));
        var inForce = new PolicyInForce(policies);
        inForce.load(kept.get(PolicyInForce.KEY));
        var state = new DecisionMaps().load(KeptState.in(kept));
        for (var progress : reader.last(topics.healthProgress(), HealthProgress.class)) {
            state = state.heard(progress);
        }
        return new Present(state, inForce.now(), asOf);
    }

    private Optional<Long> committed(String clientId) throws InterruptedException {
        var inputs = new TopicPartition(topics.decisionInputs().name(), 0);
        try (var admin = Admin.create(kafka.admin(clientId))) {
            return Optional.ofNullable(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata()
                    .get().get(inputs)).map(OffsetAndMetadata::offset);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the position of the group " + applicationId + " can't be read from Kafka at "
                            + kafka.bootstrapServers() + ": " + e.getCause(),
                    e);
        }
    }
}
