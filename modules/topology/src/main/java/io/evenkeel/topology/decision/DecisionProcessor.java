package io.evenkeel.topology.decision;

import io.evenkeel.core.decision.ClusterSituation;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionOutput;
import io.evenkeel.core.decision.DecisionRules;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.decision.Fault;
import io.evenkeel.core.decision.InFlight;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.ServiceSituation;
import io.evenkeel.core.decision.ServiceStatus;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Tick;
import io.evenkeel.topology.policy.PolicyInForce;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.state.StateMap;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Glue around {@link DecisionRules}: the state in memory, its differences in the store. */
final class DecisionProcessor extends ContextualProcessor<Record<byte[], byte[]>, Object, Object, Object> {

    private static final String STORE = "decision-state";
    private static final StateMap<ClusterSituation> CLUSTERS = new StateMap<>("cluster/", ClusterSituation.class);
    private static final StateMap<ServiceSituation> SERVICES = new StateMap<>("service/", ServiceSituation.class);
    private static final StateMap<Intent> INTENTS = new StateMap<>("intent/", Intent.class);
    private static final StateMap<Fault> FAULTS = new StateMap<>("fault/", Fault.class);
    private static final StateMap<InFlight> IN_FLIGHT = new StateMap<>("in-flight/", InFlight.class);
    private static final LedgerMaps LEDGER = new LedgerMaps();

    private final PolicyInForce policies;
    private KeyValueStore<String, byte[]> store;
    private DecisionState state = DecisionState.empty(Partitioning.SPREAD::forCluster);
    private Instant now = Instant.EPOCH;

    private DecisionProcessor(PolicySource policies) {
        this.policies = new PolicyInForce(policies);
    }

    record Supplier(
            PolicySource policies) implements ProcessorSupplier<Record<byte[], byte[]>, Object, Object, Object> {
        @Override
        public Processor<Record<byte[], byte[]>, Object, Object, Object> get() {
            return new DecisionProcessor(policies);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(),
                    Serdes.ByteArray()));
        }
    }

    /** Also called when a task is revived after an aborted transaction: nothing of before may stay. */
    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        now = Instant.EPOCH;
        policies.load(store);
        state = new DecisionState(CLUSTERS.load(store), SERVICES.load(store), INTENTS.load(store), FAULTS.load(store),
                IN_FLIGHT.load(store), LEDGER.load(store));
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
    }

    /** The record's cluster is left alone from now on; the others go on. */
    private void isolate(DecisionInput input, RuntimeException thrown) {
        input.about().ifPresent(cluster -> apply(new DecisionInput.RuleFailed(cluster, thrown.toString())));
    }

    private void apply(DecisionInput input) {
        var step = DecisionRules.apply(state, policies.now().decision(), input, now);
        save(state, step.state());
        state = step.state();
        step.outputs().forEach(this::tell);
        if (!step.outputs().isEmpty()) {
            // A decision must not wait for the commit interval.
            context().commit();
        }
    }

    private void save(DecisionState before, DecisionState after) {
        CLUSTERS.save(store, before.clusters(), after.clusters());
        SERVICES.save(store, before.services(), after.services());
        INTENTS.save(store, before.intents(), after.intents());
        FAULTS.save(store, before.faults(), after.faults());
        IN_FLIGHT.save(store, before.inFlight(), after.inFlight());
        LEDGER.save(store, before.ledger(), after.ledger());
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
