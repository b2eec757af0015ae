package io.evenkeel.topology.alert;

import io.evenkeel.core.alert.AlertRules;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.events.Topics;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.Sinks;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.copy.OnceProcessor;
import io.evenkeel.topology.decode.DeadLetterSink;
import io.evenkeel.topology.decode.DecodeProcessor;
import io.evenkeel.topology.metrics.TopologyMeters;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * decision-inputs, decisions, alert-deliveries -> once (store copied) -> decode -> alert (store alert-state) -> alerts,
 * notification (store notification-state) -> notifications.
 */
public record AlertTopology(Topics topics, EventSerdes serdes, TopologyMeters meters, NotificationPolicy policy)
        implements
            Supplier<Topology> {

    static final String ALERTS = "write-alerts";
    static final String NOTIFICATION = "notification";
    private static final String NOTIFICATIONS = "write-notifications";
    private static final String READ = "read-inputs-decisions-and-deliveries";
    private static final String ONCE = "once";
    private static final String DECODE = "decode";
    private static final String ALERT = "alert";
    static final DeadLetterSink DEAD_LETTERS = new DeadLetterSink("write-dead-letters");

    /** Without metrics and channels. */
    public AlertTopology(Topics topics, EventSerdes serdes) {
        this(topics, serdes, TopologyMeters.unread(), NotificationPolicy.nobody());
    }

    @Override
    public Topology get() {
        var topology = new Topology();
        topology.addSource(READ, new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                topics.decisionInputs().name(), topics.decisions().name(), topics.alertDeliveries().name());
        topology.addProcessor(ONCE, new OnceProcessor.Supplier(topics.decisionInputs(), meters), READ);
        topology.addProcessor(DECODE, new DecodeProcessor.Wiring(serdes, ALERT, DEAD_LETTERS, Optional.empty())
                .supplier(), ONCE);
        var budgets = ThreadLocal.withInitial(CommitBudget::new);
        topology.addProcessor(ALERT, new AlertProcessor.Supplier(AlertRules::apply, budgets), DECODE);
        Sinks.events(topology, ALERTS, topics.alerts(), serdes, ALERT);
        topology.addProcessor(NOTIFICATION, new NotificationProcessor.Supplier(policy, budgets), ALERT);
        Sinks.events(topology, NOTIFICATIONS, topics.notifications(), serdes, NOTIFICATION);
        DEAD_LETTERS.addTo(topology, topics.deadLetters(), meters, DECODE, ALERT);
        return topology;
    }
}
