package io.evenkeel.topology.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.SharedParts;
import io.evenkeel.core.health.ClusterHead;
import io.evenkeel.core.health.ClusterHealth;
import io.evenkeel.core.health.ClusterStatus;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.HealthOutput;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.Moment;
import io.evenkeel.core.health.NodeHealth;
import io.evenkeel.core.health.NodeStatus;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.VantageStatus;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Tick;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.metrics.HealthMeters;
import io.evenkeel.topology.policy.PolicyInForce;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.state.HandOverStore;
import io.evenkeel.topology.state.StateJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
import org.jspecify.annotations.Nullable;

/**
 * Glue around {@link ClusterHealth}: the clusters of one partition in memory, what must survive of them in the store.
 * Time is the newest append time of the partition.
 */
final class HealthProcessor extends ContextualProcessor<Record<byte[], byte[]>, Object, Object, Object> {

    static final String STORE = "cluster-health";

    /** So that a cluster whose rule throws at a tick is not forgotten. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** Several processes tick, a second apart each: told about once a second all the same. */
    private static final Duration PROGRESS_EVERY = Duration.ofMillis(500);

    /**
     * After so many outputs of one tick the clusters that are left wait for the next: when all agents fall silent, some
     * 100 us for each of very many nodes would exceed the time-out of a transaction, and again after each new start.
     */
    static final int OUTPUTS_OF_A_TICK = 5_000;

    private static final String HEAD = "head/";
    private static final String NODE = "node/";

    private final PolicyInForce policies;
    private final HealthMeters meters;
    private final Map<String, ClusterHealth> clusters = new HashMap<>();
    private final SharedParts shared = new SharedParts();
    private final DueClusters due = new DueClusters();
    private final CommitBudget budget;
    private KeyValueStore<String, byte[]> store;
    private Moment moment = Moment.NONE;
    private Instant told = Instant.EPOCH;
    /** Since the newest tick began. */
    private int outputs;
    /** Whom the rule is about that runs now, or threw. */
    private @Nullable ClusterId judging;

    private HealthProcessor(PolicySource policies, HealthMeters meters, CommitBudget budget) {
        this.policies = new PolicyInForce(policies);
        this.meters = meters;
        this.budget = budget;
    }

    /** @param budgets one for all processors of a thread: it makes them, and runs them */
    record Supplier(PolicySource policies, HealthMeters meters, ThreadLocal<CommitBudget> budgets)
            implements
                ProcessorSupplier<Record<byte[], byte[]>, Object, Object, Object> {
        @Override
        public Processor<Record<byte[], byte[]>, Object, Object, Object> get() {
            return new HealthProcessor(policies, meters, budgets.get());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(HandOverStore.supplier(STORE), Serdes.String(),
                    Serdes.ByteArray()));
        }
    }

    /**
     * Also called when a task is revived after an aborted transaction: nothing of before may stay. A task that was only
     * suspended goes on with what it has; it was committed.
     */
    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        if (HandOverStore.wasHandedOver(store)) {
            return;
        }
        clusters.clear();
        due.clear();
        moment = Moment.NONE;
        told = Instant.EPOCH;
        policies.load(store);
        try (var entries = store.all()) {
            entries.forEachRemaining(entry -> restore(entry.key, entry.value));
        }
        clusters.keySet().forEach(cluster -> due.atLatest(cluster, Instant.EPOCH));
    }

    private void restore(String key, byte[] value) {
        if (key.startsWith(HEAD)) {
            var head = StateJson.read(ClusterHead.class, value);
            cluster(head.cluster()).restore(head);
        } else if (key.startsWith(NODE)) {
            var node = StateJson.read(NodeHealth.class, value);
            cluster(node.target().node().cluster()).restore(node);
        }
    }

    private ClusterHealth cluster(ClusterId id) {
        return clusters.computeIfAbsent(id.value(), _ -> new ClusterHealth(id, shared));
    }

    @Override
    public void process(Record<Record<byte[], byte[]>, Object> record) {
        moment = moment.next(Instant.ofEpochMilli(record.timestamp()));
        if (record.value() instanceof Tick tick) {
            goBy(tick);
            if (allJudged(record)) {
                progress();
            }
        } else {
            guard(record, () -> judge(record.value()));
        }
        budget.settle(context(), record);
    }

    /** One by one: a rule that throws for one cluster must not cost the others their tick. */
    private boolean allJudged(Record<Record<byte[], byte[]>, Object> tick) {
        outputs = 0;
        boolean all = true;
        for (String cluster : due.due(moment.now())) {
            if (outputs < OUTPUTS_OF_A_TICK) {
                due.atLatest(cluster, moment.now().plus(AGAIN));
                guard(tick, () -> apply(new ClusterId(cluster), new HealthInput.Ticked()));
            } else {
                due.atLatest(cluster, moment.now());
                all = false;
            }
        }
        return all;
    }

    private void guard(Record<Record<byte[], byte[]>, Object> record, Runnable rule) {
        judging = null;
        HealthTopology.DEAD_LETTERS.guard(context(), record.key(), rule, this::distrust);
    }

    /** The others go on; DECISION leaves this one alone until a person releases it. */
    private void distrust(RuntimeException thrown) {
        var id = judging;
        if (id != null) {
            var cluster = cluster(id);
            follow(cluster, id, cluster.ruleThrew(DeadLetters.cause(thrown), policies.now().of(id), moment));
        }
    }

    /** No transition: it waits for the next commit, as what waited for nothing else. */
    private void progress() {
        if (!moment.now().isBefore(told.plus(PROGRESS_EVERY))) {
            told = moment.now();
            forward(new HealthProgress(context().taskId().partition(), moment.now()), HealthTopology.PROGRESS);
        }
    }

    private void goBy(Tick tick) {
        if (policies.adopt(tick, store)) {
            clusters.forEach((id, cluster) -> {
                cluster.policyChanged();
                due.atLatest(id, Instant.EPOCH);
            });
        }
    }

    private void judge(Object event) {
        if (event instanceof ProbeResult result) {
            heard(result);
        } else {
            apply(HealthInputs.cluster(event), HealthInputs.of(event));
        }
    }

    /** A result of a cluster that nobody expects must not cost memory: anyone may write the topic. */
    private void heard(ProbeResult result) {
        var cluster = clusters.get(result.cluster().value());
        judging = cluster == null ? null : result.cluster();
        var step = cluster == null
                ? Optional.<ClusterHealth.Step>empty()
                : cluster.heard(policies.now().of(result.cluster()), result, moment);
        if (cluster == null || step.isEmpty()) {
            meters.stranger(result.source().vantage());
        } else {
            follow(cluster, result.cluster(), step.get());
        }
    }

    private void apply(ClusterId id, HealthInput input) {
        var cluster = cluster(id);
        judging = id;
        follow(cluster, id, cluster.apply(policies.now().of(id), input, moment));
    }

    private void follow(ClusterHealth cluster, ClusterId id, ClusterHealth.Step step) {
        keep(cluster, id, step);
        if (step.nextCheck().isBefore(Instant.MAX)) {
            due.atLatest(id.value(), step.nextCheck());
        }
        step.outputs().forEach(this::tell);
        outputs += step.outputs().size();
        if (!step.outputs().isEmpty()) {
            budget.owe();
        }
    }

    /** Only what must survive is written: a healthy result of a healthy node costs no bytes. */
    private void keep(ClusterHealth cluster, ClusterId id, ClusterHealth.Step step) {
        if (step.headChanged()) {
            store.put(HEAD + id, StateJson.written(cluster.head()));
        }
        for (String name : step.nodesChanged()) {
            store.put(NODE + id + "/" + name, written(cluster, name));
        }
    }

    private static byte @Nullable [] written(ClusterHealth cluster, String node) {
        return cluster.node(node).map(StateJson::written).orElse(null);
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
        context().forward(new Record<Object, Object>(Keys.of(event), event, moment.now().toEpochMilli()), sink);
    }
}
