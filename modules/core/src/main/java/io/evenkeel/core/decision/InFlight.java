package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.cluster.ClusterId;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;

/**
 * A request whose effect is not seen yet. A replacement stays in flight until the cluster has its data nodes again: what
 * is under way counts as missing.
 *
 * @param faultKey the fault it answers
 * @param cluster the cluster it acts in
 * @param dataNodes data nodes the cluster must have UP again before another is replaced; 0 for a failover
 * @param excused names of data nodes that were missing when it was asked for and do not count as UP for it: their storm was
 * acknowledged
 * @param effective whether an outcome said that it was done
 * @param overdueAt from then on it blocks as overdue
 */
public record InFlight(ActionRequest request, String faultKey, ClusterId cluster, int dataNodes,
        SortedSet<String> excused, boolean effective, Instant overdueAt) {

    public InFlight {
        excused = Collections.unmodifiableSortedSet(excused);
    }

    InFlight done() {
        return new InFlight(request, faultKey, cluster, dataNodes, excused, true, overdueAt);
    }
}
