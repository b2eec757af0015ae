package io.evenkeel.topology.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.ClusterHealth;
import io.evenkeel.core.health.ClusterStatus;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.HealthOutput;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.HealthRules;
import io.evenkeel.core.health.NodeStatus;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.VantageStatus;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Tick;
import io.evenkeel.topology.decode.Tombstone;
import io.evenkeel.topology.state.JsonSerde;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Glue around {@link HealthRules}: one state per cluster, mirrored in memory, written through to the store. Time is the
 * newest append time of the partition.
 */
final class HealthProcessor extends ContextualProcessor<Record<byte[], byte[]>, Object, Object, Object> {

    static final String STORE = "cluster-health";

    private final Function<ClusterId, HealthPolicy> policies;
    private final Map<String, ClusterHealth> mirror = new HashMap<>();
    private final DueClusters due = new DueClusters();
    private KeyValueStore<String, ClusterHealth> store;
    private Instant now = Instant.EPOCH;

    private HealthProcessor(Function<ClusterId, HealthPolicy> policies) {
        this.policies = policies;
    }

    record Supplier(Function<ClusterId, HealthPolicy> policies)
            implements
                ProcessorSupplier<Record<byte[], byte[]>, Object, Object, Object> {
        @Override
        public Processor<Record<byte[], byte[]>, Object, Object, Object> get() {
            return new HealthProcessor(policies);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(),
                    JsonSerde.of(ClusterHealth.class)));
        }
    }

    /** Also called when a task is revived after an aborted transaction: nothing of before may stay. */
    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        mirror.clear();
        due.clear();
        now = Instant.EPOCH;
        try (var entries = store.all()) {
            entries.forEachRemaining(entry -> {
                mirror.put(entry.key, entry.value);
                due.atLatest(entry.key, Instant.EPOCH);
            });
        }
    }

    @Override
    public void process(Record<Record<byte[], byte[]>, Object> record) {
        var appended = Instant.ofEpochMilli(record.timestamp());
        now = appended.isAfter(now) ? appended : now;
        if (record.value() instanceof Tick) {
            // One by one: a rule that throws for one cluster must not cost the others their tick.
            due.due(now).forEach(cluster -> HealthTopology.DEAD_LETTERS.guard(context(), record.key(),
                    () -> apply(new ClusterId(cluster), new HealthInput.Ticked())));
        } else {
            HealthTopology.DEAD_LETTERS.guard(context(), record.key(), () -> judge(record.value()));
        }
    }

    private void judge(Object event) {
        switch (event) {
            case ProbeResult result -> apply(result.cluster(), new HealthInput.Probed(result));
            case NodeTarget target -> apply(target.node().cluster(), new HealthInput.NodeExpected(target));
            case HealthInput.ClusterExpected expected -> apply(expected.cluster(), expected);
            case Tombstone gone when gone.key().indexOf('/') > 0 -> {
                var node = NodeId.parse(gone.key());
                apply(node.cluster(), new HealthInput.NodeForgotten(node));
            }
            case Tombstone gone -> apply(new ClusterId(gone.key()),
                    new HealthInput.ClusterExpected(new ClusterId(gone.key()), List.of()));
            default -> throw new IllegalStateException("no input of HEALTH: " + event.getClass().getName());
        }
    }

    private void apply(ClusterId cluster, HealthInput input) {
        var known = mirror.getOrDefault(cluster.value(), ClusterHealth.unknown(cluster));
        var step = HealthRules.apply(known, policies.apply(cluster), input, now);
        mirror.put(cluster.value(), step.state());
        store.put(cluster.value(), step.state());
        due.atLatest(cluster.value(), step.nextCheck());
        step.outputs().forEach(this::tell);
        if (!step.outputs().isEmpty()) {
            // A transition must not wait for the commit interval.
            context().commit();
        }
    }

    private void tell(HealthOutput output) {
        switch (output) {
            case HealthOutput.NodeChanged(var transition) -> {
                forward(transition, HealthTopology.NODE_TRANSITIONS);
                forward(NodeStatus.of(transition), HealthTopology.NODE_STATES);
            }
            case HealthOutput.VantageChanged(var transition) -> {
                forward(transition, HealthTopology.VANTAGE_TRANSITIONS);
                forward(VantageStatus.of(transition), HealthTopology.VANTAGE_STATES);
            }
            case HealthOutput.ClusterChanged(var transition) -> {
                forward(transition, HealthTopology.CLUSTER_TRANSITIONS);
                forward(ClusterStatus.of(transition), HealthTopology.CLUSTER_STATES);
            }
        }
    }

    private void forward(Object event, String sink) {
        context().forward(new Record<Object, Object>(Keys.of(event), event, now.toEpochMilli()), sink);
    }
}
