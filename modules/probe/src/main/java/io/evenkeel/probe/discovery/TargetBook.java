package io.evenkeel.probe.discovery;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.probe.discovery.TargetPlan.Known;
import io.evenkeel.probe.discovery.TargetPlan.Present;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands in {@code targets}, as its table tells it. For many threads. */
public final class TargetBook {

    private record Row(Object value, Instant since) {}

    private final Map<String, Row> rows = new ConcurrentHashMap<>();

    /**
     * A record of the topic, in its order.
     *
     * @param value a {@link NodeTarget} or {@link ClusterExpected}; null for a tombstone
     */
    public void changed(String key, @Nullable Object value, Instant appendedAt) {
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, new Row(value, appendedAt));
        }
    }

    /** The nodes of a cluster, in every phase. */
    public List<NodeTarget> nodes(ClusterId cluster) {
        return rows.values().stream().map(Row::value).filter(NodeTarget.class::isInstance).map(NodeTarget.class::cast)
                .filter(target -> target.node().cluster().equals(cluster)).toList();
    }

    Present present(ClusterId cluster) {
        var nodes = rows.values().stream()
                .filter(row -> row.value() instanceof NodeTarget target && target.node().cluster().equals(cluster))
                .map(row -> new Known((NodeTarget) row.value(), row.since()))
                .collect(Collectors.toMap(known -> known.target().node(), known -> known));
        var row = rows.get(cluster.value());
        return new Present(nodes, row != null && row.value() instanceof ClusterExpected expected ? expected : null);
    }
}
