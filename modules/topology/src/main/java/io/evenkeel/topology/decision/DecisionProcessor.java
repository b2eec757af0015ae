package io.evenkeel.topology.decision;

import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionOutput;
import io.evenkeel.core.decision.DecisionRules;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.decision.ServiceStatus;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Tick;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.policy.PolicyInForce;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.state.KeptState;
import io.evenkeel.topology.state.StateStores;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Glue around {@link DecisionRules}: the state in memory, its differences in the store. */
final class DecisionProcessor extends ContextualProcessor<Record<byte[], byte[]>, Object, Object, Object> {

    private static final DecisionMaps STATE = new DecisionMaps();

    private final PolicyInForce policies;
    private final CommitBudget budget;
    private KeyValueStore<String, byte[]> store;
    private DecisionState state = DecisionState.empty(Partitioning.SPREAD::forCluster);
    private Instant now = Instant.EPOCH;

    private DecisionProcessor(PolicySource policies, CommitBudget budget) {
        this.policies = new PolicyInForce(policies);
        this.budget = budget;
    }

    record Supplier(PolicySource policies, ThreadLocal<CommitBudget> budgets)
            implements
                ProcessorSupplier<Record<byte[], byte[]>, Object, Object, Object> {
        @Override
        public Processor<Record<byte[], byte[]>, Object, Object, Object> get() {
            return new DecisionProcessor(policies, budgets.get());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return StateStores.inMemory(DecisionTopology.STORE);
        }
    }

    /** Also called when a task is revived after an aborted transaction: nothing of before may stay. */
    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        store = context.getStateStore(DecisionTopology.STORE);
        now = Instant.EPOCH;
        policies.load(store);
        state = STATE.load(KeptState.in(store));
    }

    @Override
    public void process(Record<Record<byte[], byte[]>, Object> record) {
        var appended = Instant.ofEpochMilli(record.timestamp());
        now = appended.isAfter(now) ? appended : now;
        if (record.value() instanceof Tick tick) {
            policies.adopt(tick, store);
        }
        DecisionInputs.of(record).ifPresent(input -> DecisionTopology.DEAD_LETTERS.guard(context(), record.key(),
                () -> apply(input), thrown -> isolate(input, thrown)));
        budget.settle(context(), record);
    }

    /** The record's cluster is left alone from now on; the others go on. */
    private void isolate(DecisionInput input, RuntimeException thrown) {
        input.about().ifPresent(cluster -> apply(new DecisionInput.RuleFailed(cluster, thrown.toString())));
    }

    private void apply(DecisionInput input) {
        var step = DecisionRules.apply(state, policies.now().decision(), input, now);
        STATE.save(store, state, step.state());
        state = step.state();
        step.outputs().forEach(this::tell);
        if (!step.outputs().isEmpty()) {
            budget.owe();
        }
    }

    private void tell(DecisionOutput output) {
        switch (output) {
            case DecisionOutput.Decided(var decision) -> forward(decision, DecisionTopology.DECISIONS);
            case DecisionOutput.Requested(var request) -> forward(request, DecisionTopology.REQUESTS);
            case DecisionOutput.IntentRaised(var intent) -> forward(intent, DecisionTopology.INTENTS);
            case DecisionOutput.ServiceChanged(var transition) -> {
                forward(transition, DecisionTopology.FAILOVER_TRANSITIONS);
                forward(ServiceStatus.of(transition), DecisionTopology.SERVICE_STATES);
            }
        }
    }

    private void forward(Object event, String sink) {
        context().forward(new Record<Object, Object>(Keys.of(event), event, now.toEpochMilli()), sink);
    }
}
