package io.evenkeel.topology.decision;

import io.evenkeel.core.decision.ClusterSituation;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.decision.Fault;
import io.evenkeel.core.decision.InFlight;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.ServiceSituation;
import io.evenkeel.topology.state.KeptState;
import io.evenkeel.topology.state.StateMap;
import org.apache.kafka.streams.state.KeyValueStore;

/** What DECISION knows, in its store. */
public final class DecisionMaps {

    private static final StateMap<ClusterSituation> CLUSTERS = new StateMap<>("cluster/", ClusterSituation.class);
    private static final StateMap<ServiceSituation> SERVICES = new StateMap<>("service/", ServiceSituation.class);
    private static final StateMap<Intent> INTENTS = new StateMap<>("intent/", Intent.class);
    private static final StateMap<Fault> FAULTS = new StateMap<>("fault/", Fault.class);
    private static final StateMap<InFlight> IN_FLIGHT = new StateMap<>("in-flight/", InFlight.class);
    private static final LedgerMaps LEDGER = new LedgerMaps();

    public DecisionState load(KeptState kept) {
        return new DecisionState(CLUSTERS.load(kept), SERVICES.load(kept), INTENTS.load(kept), FAULTS.load(kept),
                IN_FLIGHT.load(kept), LEDGER.load(kept));
    }

    /** Writes what differs between the two. */
    void save(KeyValueStore<String, byte[]> store, DecisionState before, DecisionState after) {
        CLUSTERS.save(store, before.clusters(), after.clusters());
        SERVICES.save(store, before.services(), after.services());
        INTENTS.save(store, before.intents(), after.intents());
        FAULTS.save(store, before.faults(), after.faults());
        IN_FLIGHT.save(store, before.inFlight(), after.inFlight());
        LEDGER.save(store, before.ledger(), after.ledger());
    }
}
