package io.evenkeel.topology.alert;

import io.evenkeel.core.alert.AlertInput;
import io.evenkeel.core.alert.AlertRules;
import io.evenkeel.core.alert.AlertState;
import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.alert.OpenAlert;
import io.evenkeel.core.alert.Stall;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.notification.NotificationInput;
import io.evenkeel.events.Keys;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.decision.DecisionInputs;
import io.evenkeel.topology.state.StateMap;
import io.evenkeel.topology.state.StateStores;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Glue around {@link AlertRules}: the state in memory, its differences in the store. */
final class AlertProcessor extends ContextualProcessor<Record<byte[], byte[]>, Object, Object, Object> {

    private static final String STORE = "alert-state";
    private static final StateMap<OpenAlert> OPEN = new StateMap<>("open/", OpenAlert.class);
    private static final StateMap<NodeState> MASTERS = new StateMap<>("master/", NodeState.class);

    private final Rules rules;
    private final CommitBudget budget;
    private KeyValueStore<String, byte[]> store;
    private AlertState state = AlertState.empty();
    private Instant now = Instant.EPOCH;

    private AlertProcessor(Rules rules, CommitBudget budget) {
        this.rules = rules;
        this.budget = budget;
    }

    /** {@link AlertRules#apply}. */
    interface Rules {
        AlertRules.Step apply(AlertState state, AlertInput input, Instant now);
    }

    record Supplier(Rules rules, ThreadLocal<CommitBudget> budgets)
            implements
                ProcessorSupplier<Record<byte[], byte[]>, Object, Object, Object> {
        @Override
        public Processor<Record<byte[], byte[]>, Object, Object, Object> get() {
            return new AlertProcessor(rules, budgets.get());
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
        now = Instant.EPOCH;
        state = new AlertState(OPEN.load(store), MASTERS.load(store), Stall.none());
    }

    @Override
    public void process(Record<Record<byte[], byte[]>, Object> record) {
        var appended = Instant.ofEpochMilli(record.timestamp());
        now = appended.isAfter(now) ? appended : now;
        input(record).ifPresent(
                input -> AlertTopology.DEAD_LETTERS.guard(context(), record.key(),
                        () -> apply(record.key().key(), input)));
        budget.settle(context(), record);
    }

    private static Optional<AlertInput> input(Record<Record<byte[], byte[]>, Object> record) {
        return switch (record.value()) {
            case Decision decision -> Optional.of(new AlertInput.Decided(decision));
            case Delivery delivery -> Optional.of(new AlertInput.Delivered(delivery));
            case null, default -> DecisionInputs.of(record).map(AlertInput.Told::new);
        };
    }

    private void apply(byte @Nullable [] key, AlertInput input) {
        var step = rules.apply(state, input, now);
        OPEN.save(store, state.open(), step.state().open());
        MASTERS.save(store, state.masters(), step.state().masters());
        state = step.state();
        for (var alert : step.alerts()) {
            context().forward(new Record<Object, Object>(Keys.of(alert), alert, now.toEpochMilli()),
                    AlertTopology.ALERTS);
            notify(key, new NotificationInput.Alerted(alert));
        }
        if (input instanceof AlertInput.Told(var told)) {
            notify(key, new NotificationInput.Told(told));
        }
        if (!step.alerts().isEmpty()) {
            budget.owe();
        }
    }

    private void notify(byte @Nullable [] key, NotificationInput input) {
        context().forward(new Record<Object, Object>(key, input, now.toEpochMilli()),
                AlertTopology.NOTIFICATION);
    }
}
