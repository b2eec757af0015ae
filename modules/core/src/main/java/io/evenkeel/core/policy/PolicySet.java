package io.evenkeel.core.policy;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.HealthPolicy;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One revision of all policies.
 *
 * @param others for clusters that are not named: what an agent reports of them is judged by the defaults
 * @param clusters by cluster id
 * @param decision how faults turn into requests
 */
public record PolicySet(HealthPolicy others, SortedMap<String, HealthPolicy> clusters, DecisionPolicy decision) {

    public PolicySet {
        clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
    }

    /** Hash of the content; every transition and decision names it. */
    public String revision() {
        return decision.revision();
    }

    public HealthPolicy of(ClusterId cluster) {
        return clusters.getOrDefault(cluster.value(), others);
    }

    /** The same numbers under another name. */
    public PolicySet named(String revision) {
        var renamed = new TreeMap<>(clusters);
        renamed.replaceAll((_, policy) -> policy.named(revision));
        return new PolicySet(others.named(revision), renamed, decision.named(revision));
    }
}
