package io.evenkeel.topology.decision;

import io.evenkeel.core.decision.Asked;
import io.evenkeel.core.decision.DryRuns;
import io.evenkeel.core.decision.Freeze;
import io.evenkeel.core.decision.Isolation;
import io.evenkeel.core.decision.Ledger;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.decision.Progress;
import io.evenkeel.core.facts.KnownFacts;
import io.evenkeel.events.Partitioning;
import io.evenkeel.topology.state.KeptState;
import io.evenkeel.topology.state.StateMap;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the gates remember, in the store. */
final class LedgerMaps {

    private static final StateMap<KnownFacts> FACTS = new StateMap<>("facts/", KnownFacts.class);
    private static final StateMap<Asked> ASKED = new StateMap<>("asked/", Asked.class);
    private static final StateMap<Freeze> FREEZES = new StateMap<>("freeze/", Freeze.class);
    private static final StateMap<Order> ORDERS = new StateMap<>("order/", Order.class);
    private static final StateMap<DryRuns> DRY_RUNS = new StateMap<>("dry-run/", DryRuns.class);
    private static final StateMap<Isolation> ISOLATED = new StateMap<>("isolated/", Isolation.class);

    /**
     * Without HEALTH's progress, which nobody keeps: 12 entries a second would have to be read again at each take-over, and
     * the next is there within a second or two.
     */
    Ledger load(KeptState store) {
        return new Ledger(FACTS.load(store), ASKED.load(store), FREEZES.load(store), ORDERS.load(store),
                DRY_RUNS.load(store), ISOLATED.load(store), Progress.none(Partitioning.SPREAD::forCluster));
    }

    void save(KeyValueStore<String, byte[]> store, Ledger before, Ledger after) {
        FACTS.save(store, before.facts(), after.facts());
        ASKED.save(store, before.asked(), after.asked());
        FREEZES.save(store, before.freezes(), after.freezes());
        ORDERS.save(store, before.orders(), after.orders());
        DRY_RUNS.save(store, before.dryRuns(), after.dryRuns());
        ISOLATED.save(store, before.isolated(), after.isolated());
    }
}
