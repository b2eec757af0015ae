package io.evenkeel.topology.policy;

import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Tick;
import io.evenkeel.events.Tick.PolicyPointer;
import io.evenkeel.topology.state.StateJson;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The policy that a partition goes by: of those that its ticks named, the one with the highest offset. Kept in the task's
 * store, so that the place in the partition where a policy began stays a matter of records.
 */
public final class PolicyInForce {

    /** Its key in the store. */
    public static final String KEY = "policy";

    private final PolicySource source;
    private PolicyPointer pointer = PolicyPointer.NONE;
    private PolicySet policies;

    public PolicyInForce(PolicySource source) {
        this.source = source;
        this.policies = source.initial();
    }

    /** As the store says; to be called when a task starts. */
    public void load(KeyValueStore<String, byte[]> store) {
        load(store.get(KEY));
    }

    /** @param kept what the store has, or its changelog; null when nothing was kept */
    public void load(byte @Nullable [] kept) {
        pointer = PolicyPointer.NONE;
        policies = source.initial();
        if (kept != null) {
            pointer = StateJson.read(PolicyPointer.class, kept);
            source.named(pointer).ifPresent(known -> policies = known);
        }
    }

    /** Whether another policy holds from this tick on. */
    public boolean adopt(Tick tick, KeyValueStore<String, byte[]> store) {
        if (tick.policy().offset() <= pointer.offset()) {
            return false;
        }
        pointer = tick.policy();
        store.put(KEY, StateJson.written(pointer));
        var named = source.named(pointer).filter(known -> !known.equals(policies));
        named.ifPresent(known -> policies = known);
        return named.isPresent();
    }

    public PolicySet now() {
        return policies;
    }
}
