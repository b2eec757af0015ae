package io.evenkeel.probe;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.NodeSight;
import io.evenkeel.core.facts.StandbySight;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.TargetBook;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The configured clusters as they are right now, for whoever is about to act on one: the same questions as an agent's, asked
 * once. Opens no connection before somebody looks. For many threads.
 */
public final class LiveClusters implements AutoCloseable {

    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("live-look-", 0).factory());
    private final Map<String, LiveCluster> clusters = new HashMap<>();
    private final TargetBook book = new TargetBook();

    /**
     * @param groups asked for the group of a node
     * @throws IllegalArgumentException when a CA file can't be used
     */
    public LiveClusters(List<ClusterSettings> clusters, AutoScalingGroups groups) {
        clusters.forEach(settings -> this.clusters.put(settings.cluster().value(),
                new LiveCluster(settings, groups, book, threads)));
    }

    /**
     * A record of {@code targets}, in its order. Those of clusters that are not configured are not kept; while no node of a
     * cluster is known, its configured addresses are asked.
     *
     * @param value a {@link io.evenkeel.core.cluster.NodeTarget} or
     *     {@link io.evenkeel.core.health.HealthInput.ClusterExpected}; null for a tombstone
     */
    public void targetChanged(String key, @Nullable Object value, Instant appendedAt) {
        if (clusters.containsKey(TargetBook.clusterOf(key))) {
            var _ = book.changed(key, value, appendedAt);
        }
    }

    /**
     * A node that is to be replaced: whether it answers, and the facts of its cluster and group. What is not known within
     * the time is left out.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    public NodeSight node(NodeId node, String autoScalingGroup, Duration within) throws InterruptedException {
        var cluster = clusters.get(node.cluster().value());
        return cluster == null
                ? new NodeSight(ClusterFacts.none(node.cluster()), Optional.empty(), notConfigured(node.cluster()))
                : cluster.node(node, autoScalingGroup, within);
    }

    /**
     * A cluster that traffic is to move to: one probe of it.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    public StandbySight standby(ClusterId id, Duration within) throws InterruptedException {
        var cluster = clusters.get(id.value());
        return cluster == null
                ? new StandbySight(Optional.empty(), notConfigured(id))
                : cluster.standby(within);
    }

    private static String notConfigured(ClusterId cluster) {
        return "cluster " + cluster + " is not in this process' configuration";
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clusters.values().forEach(LiveCluster::close);
    }
}
