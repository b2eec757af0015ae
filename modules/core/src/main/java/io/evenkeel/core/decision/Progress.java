package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.health.HealthProgress;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Up to when HEALTH has judged what DECISION goes by. Its partitions go on one by one: each may stand still alone.
 *
 * @param partitions which partition judges a cluster: a rule that never changes, and no state
 * @param judgedUpTo by partition; broker append time
 */
public record Progress(ToIntFunction<ClusterId> partitions, SortedMap<Integer, Instant> judgedUpTo) {

    public Progress {
        judgedUpTo = Collections.unmodifiableSortedMap(judgedUpTo);
    }

    /** Of a DECISION that has heard nothing yet. */
    public static Progress none(ToIntFunction<ClusterId> partitions) {
        return new Progress(partitions, new TreeMap<>());
    }

    /** Empty when none was heard since DECISION started. */
    Optional<Instant> of(ClusterId cluster) {
        return Optional.ofNullable(judgedUpTo.get(partitions.applyAsInt(cluster)));
    }

    /** The partitions that judge these clusters. */
    public SortedSet<Integer> of(Collection<String> clusters) {
        var found = new TreeSet<Integer>();
        clusters.forEach(cluster -> found.add(partitions.applyAsInt(new ClusterId(cluster))));
        return found;
    }

    Progress with(HealthProgress next) {
        return with(next.partition(), next.judgedUpTo());
    }

    /** A transition is progress too. */
    Progress with(ClusterId cluster, Instant judged) {
        return with(partitions.applyAsInt(cluster), judged);
    }

    /** What was copied once more is no way back. */
    private Progress with(int partition, Instant judged) {
        var known = judgedUpTo.get(partition);
        return known != null && !judged.isAfter(known)
                ? this
                : new Progress(partitions, Sorted.put(judgedUpTo, partition, judged));
    }
}
