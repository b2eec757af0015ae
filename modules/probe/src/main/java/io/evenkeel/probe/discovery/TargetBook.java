package io.evenkeel.probe.discovery;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.SharedParts;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.probe.discovery.TargetPlan.Known;
import io.evenkeel.probe.discovery.TargetPlan.Present;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands in {@code targets}, as its table tells it. For many threads. */
public final class TargetBook {

    private record Row(Object value, Instant since) {}

    /** By cluster, so that what one cluster asks does not cost by the number of all. */
    private final Map<String, Map<String, Row>> clusters = new ConcurrentHashMap<>();
    private final SharedParts shared = new SharedParts();

    /** The cluster's id in a key of {@code targets}, which is {@code cluster} or {@code cluster/node}. */
    public static String clusterOf(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    /**
     * A record of the topic, in its order.
     *
     * @param value a {@link NodeTarget} or {@link ClusterExpected}; null for a tombstone
     * @return the value as it is kept, an equal one; who keeps it too should keep this one
     */
    public synchronized @Nullable Object changed(String key, @Nullable Object value, Instant appendedAt) {
        var rows = clusters.computeIfAbsent(clusterOf(key), _ -> new ConcurrentHashMap<>());
        if (value == null) {
            rows.remove(key);
            return null;
        }
        var kept = value instanceof NodeTarget node ? node.sharing(shared) : value;
        rows.put(key, new Row(kept, appendedAt));
        return kept;
    }

    /** Every key of a cluster with its value. */
    public void forEach(ClusterId cluster, BiConsumer<String, Object> visitor) {
        rows(cluster).forEach((key, row) -> visitor.accept(key, row.value()));
    }

    /** The nodes of a cluster, in every phase. */
    public List<NodeTarget> nodes(ClusterId cluster) {
        return rows(cluster).values().stream().map(Row::value).filter(NodeTarget.class::isInstance)
                .map(NodeTarget.class::cast).toList();
    }

    Present present(ClusterId cluster) {
        var nodes = rows(cluster).values().stream().filter(row -> row.value() instanceof NodeTarget)
                .map(row -> new Known((NodeTarget) row.value(), row.since()))
                .collect(Collectors.toMap(known -> known.target().node(), known -> known));
        var row = rows(cluster).get(cluster.value());
        return new Present(nodes, row != null && row.value() instanceof ClusterExpected expected ? expected : null);
    }

    private Map<String, Row> rows(ClusterId cluster) {
        return clusters.getOrDefault(cluster.value(), Map.of());
    }
}
