package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.cluster.ClusterId;
import java.time.Instant;

/**
 * A request whose effect is not seen yet. A replacement stays in flight until the cluster has its data nodes again: what
 * is under way counts as missing.
 *
 * @param faultKey the fault it answers
 * @param cluster the cluster it acts in
 * @param dataNodes data nodes the cluster must have UP again before another is replaced; 0 for a failover
 * @param effective whether an outcome said that it was done
 * @param overdueAt from then on it blocks as overdue
 */
public record InFlight(ActionRequest request, String faultKey, ClusterId cluster, int dataNodes, boolean effective,
        Instant overdueAt) {

    InFlight done() {
        return new InFlight(request, faultKey, cluster, dataNodes, true, overdueAt);
    }
}
