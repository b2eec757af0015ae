package io.evenkeel.topology.policy;

import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.PolicyRecord;
import io.evenkeel.events.Tick.PolicyPointer;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicTable;
import io.evenkeel.events.serde.EventSerdes;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic {@code policies} in memory. For many threads. */
public final class PolicyTable implements PolicySource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyTable.class);
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final TopicTable<PolicyRecord> table;
    private final PolicySet initial;
    private final String topic;

    private PolicyTable(TopicTable<PolicyRecord> table, PolicySet initial, String topic) {
        this.table = table;
        this.initial = initial;
        this.topic = topic;
    }

    /** @param initial what holds until a tick names a policy */
    public static PolicyTable start(KafkaSettings kafka, String clientId, Topics topics, EventSerdes serdes,
            PolicySet initial) {
        var spec = topics.policies();
        return new PolicyTable(TopicTable.start(kafka, clientId, TopicTable.Reading.kept(spec, serdes.deserializer(),
                PolicyRecord.class)), initial, spec.name());
    }

    /** Waits until all that stands in the topic now is read; false when that took too long. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return table.awaitCaughtUp(timeout);
    }

    /** The newest policy of all, as ticks name it. */
    public PolicyPointer newest() {
        return table.newest().map(read -> new PolicyPointer(read.value().revision(), read.offset()))
                .orElse(PolicyPointer.NONE);
    }

    public boolean knows(String revision) {
        return table.get(revision).isPresent();
    }

    /** A policy that a record names; empty when it is not in the topic, or can't be used by this version. */
    public Optional<PolicySet> revision(String revision) {
        return table.get(revision).flatMap(PolicyTable::readable);
    }

    @Override
    public PolicySet initial() {
        return initial;
    }

    @Override
    public Optional<PolicySet> named(PolicyPointer pointer) {
        var published = table.get(pointer.revision());
        if (published.isEmpty() && caughtUp()) {
            published = table.get(pointer.revision());
        }
        return readable(published.orElseThrow(() -> new TimeoutException("policy " + pointer.revision()
                + ", which a tick names, is not in " + topic)));
    }

    private boolean caughtUp() {
        try {
            return table.awaitCaughtUp(WAIT);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private static Optional<PolicySet> readable(PolicyRecord published) {
        try {
            return Optional.of(PolicyJson.read(published));
        } catch (SerializationException e) {
            LOG.atError().setMessage("policy can't be used by this version; the one before holds")
                    .addKeyValue("revision", published.revision()).addKeyValue("error", e.toString()).log();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
