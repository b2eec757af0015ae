package io.evenkeel.topology.replay;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.health.ClusterHealth;
import io.evenkeel.core.health.HealthOutput;
import io.evenkeel.core.health.Moment;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Tick;
import io.evenkeel.events.Tick.PolicyPointer;
import io.evenkeel.topology.health.HealthInputs;
import io.evenkeel.topology.policy.PolicySource;
import java.time.Instant;
import java.util.List;

/** One cluster through the rules again, record by record, by the policies that the ticks named. */
public final class ClusterReplay {

    private final ClusterHealth cluster;
    private final PolicySource source;
    private PolicyPointer pointer = PolicyPointer.NONE;
    private PolicySet policies;
    private Moment moment = Moment.NONE;

    /** @param source {@link PolicySource#fixed} tries one policy on all of it */
    public ClusterReplay(ClusterId cluster, PolicySource source) {
        this.cluster = new ClusterHealth(cluster);
        this.source = source;
        this.policies = source.initial();
    }

    /** What the rules say to the next record of the cluster's partition: an event of this cluster, or a tick. */
    public List<HealthOutput> apply(Instant appended, Object event) {
        moment = moment.next(appended);
        if (event instanceof Tick(_, _, var named) && named.offset() > pointer.offset()) {
            pointer = named;
            source.named(named).ifPresent(policy -> {
                policies = policy;
                cluster.policyChanged();
            });
        }
        return cluster.apply(policies.of(cluster.head().cluster()), HealthInputs.of(event), moment).outputs();
    }

    public ClusterHealth cluster() {
        return cluster;
    }

    public Moment moment() {
        return moment;
    }

    /** The policy in force at this moment. */
    public PolicySet policies() {
        return policies;
    }
}
