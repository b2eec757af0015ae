package io.evenkeel.topology.alert;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.notification.Group;
import io.evenkeel.core.notification.NotificationInput;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.core.notification.NotificationRules;
import io.evenkeel.core.notification.NotificationState;
import io.evenkeel.core.notification.NotificationState.Beat;
import io.evenkeel.events.Keys;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.state.StateMap;
import io.evenkeel.topology.state.StateStores;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Glue around {@link NotificationRules}: the state in memory, its differences in the store. */
final class NotificationProcessor extends ContextualProcessor<byte[], NotificationInput, Object, Object> {

    private static final String STORE = "notification-state";
    private static final StateMap<Alert> ALERTS = new StateMap<>("alert/", Alert.class);
    private static final StateMap<Group> GROUPS = new StateMap<>("group/", Group.class);
    private static final StateMap<Intent> SILENCES = new StateMap<>("silence/", Intent.class);
    private static final StateMap<Beat> HEARTBEATS = new StateMap<>("heartbeat/", Beat.class);
    private static final StateMap<LocalDate> TEST_PAGES = new StateMap<>("test-page/", LocalDate.class);

    private final NotificationPolicy policy;
    private final CommitBudget budget;
    private KeyValueStore<String, byte[]> store;
    private NotificationState state = NotificationState.empty();

    private NotificationProcessor(NotificationPolicy policy, CommitBudget budget) {
        this.policy = policy;
        this.budget = budget;
    }

    record Supplier(NotificationPolicy policy, ThreadLocal<CommitBudget> budgets)
            implements
                ProcessorSupplier<byte[], NotificationInput, Object, Object> {
        @Override
        public Processor<byte[], NotificationInput, Object, Object> get() {
            return new NotificationProcessor(policy, budgets.get());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return StateStores.inMemory(STORE);
        }
    }

    /** Also called when a task is revived after an aborted transaction: nothing of before may stay. */
    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        state = new NotificationState(ALERTS.load(store), GROUPS.load(store), SILENCES.load(store),
                HEARTBEATS.load(store), TEST_PAGES.load(store));
    }

    /** The record's time is the rules' now. */
    @Override
    public void process(Record<byte[], NotificationInput> record) {
        var step = NotificationRules.apply(state, record.value(), policy, Instant.ofEpochMilli(record.timestamp()));
        var next = step.state();
        ALERTS.save(store, state.alerts(), next.alerts());
        GROUPS.save(store, state.groups(), next.groups());
        SILENCES.save(store, state.silences(), next.silences());
        HEARTBEATS.save(store, state.heartbeats(), next.heartbeats());
        TEST_PAGES.save(store, state.testPages(), next.testPages());
        state = next;
        for (var notification : step.notifications()) {
            context().forward(new Record<Object, Object>(Keys.of(notification), notification, record.timestamp()));
        }
        if (!step.notifications().isEmpty()) {
            budget.owe();
        }
    }
}
