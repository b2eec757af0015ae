package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.health.HealthProgress;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * All that the decision rules go on from. Unchanged parts of the next state are the same objects, so that a store can
 * write only what changed.
 *
 * @param clusters by cluster id
 * @param services by service id
 * @param intents by intent key
 * @param faults open faults by {@link Fault#key()}
 * @param inFlight by request id
 */
public record DecisionState(SortedMap<String, ClusterSituation> clusters, SortedMap<String, ServiceSituation> services,
        SortedMap<String, Intent> intents, SortedMap<String, Fault> faults, SortedMap<String, InFlight> inFlight,
        Ledger ledger) {

    public DecisionState {
        clusters = Collections.unmodifiableSortedMap(clusters);
        services = Collections.unmodifiableSortedMap(services);
        intents = Collections.unmodifiableSortedMap(intents);
        faults = Collections.unmodifiableSortedMap(faults);
        inFlight = Collections.unmodifiableSortedMap(inFlight);
    }

    /**
     * Nothing is known yet.
     *
     * @param partitions which partition of HEALTH judges a cluster
     */
    public static DecisionState empty(ToIntFunction<ClusterId> partitions) {
        return new DecisionState(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(),
                Ledger.empty(partitions));
    }

    ClusterSituation cluster(ClusterId id) {
        var known = clusters.get(id.value());
        return known == null ? ClusterSituation.unknown(id) : known;
    }

    DecisionState with(ClusterSituation cluster) {
        return new DecisionState(Sorted.put(clusters, cluster.cluster().value(), cluster), services, intents, faults,
                inFlight, ledger);
    }

    DecisionState with(ServiceSituation service) {
        return new DecisionState(clusters, Sorted.put(services, service.status().service().value(), service), intents,
                faults, inFlight, ledger);
    }

    DecisionState with(Intent intent) {
        return new DecisionState(clusters, services, Sorted.put(intents, intent.key(), intent), faults, inFlight,
                ledger);
    }

    DecisionState withoutIntent(String key) {
        return new DecisionState(clusters, services, Sorted.without(intents, key), faults, inFlight, ledger);
    }

    DecisionState with(Fault fault) {
        return new DecisionState(clusters, services, intents, Sorted.put(faults, fault.key(), fault), inFlight, ledger);
    }

    DecisionState withoutFault(String key) {
        return new DecisionState(clusters, services, intents, Sorted.without(faults, key), inFlight, ledger);
    }

    DecisionState with(InFlight request) {
        return new DecisionState(clusters, services, intents, faults,
                Sorted.put(inFlight, request.request().id(), request), ledger);
    }

    DecisionState withoutInFlight(String id) {
        return new DecisionState(clusters, services, intents, faults, Sorted.without(inFlight, id), ledger);
    }

    /** HEALTH goes on. Nothing is judged at that. */
    public DecisionState heard(HealthProgress progress) {
        return with(ledger.with(ledger.progress().with(progress)));
    }

    DecisionState with(Ledger next) {
        return new DecisionState(clusters, services, intents, faults, inFlight, next);
    }
}
