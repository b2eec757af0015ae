package io.evenkeel.probe;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.http.Access;
import java.time.Duration;
import java.util.List;

/**
 * A cluster to watch.
 *
 * @param clusterName the {@code cluster.name} that nodes must answer with; empty accepts any
 * @param discovery where its nodes are found
 * @param canaryIndex index or alias that the canary query searches
 * @param interval between probes of one target, 100 ms to 1 h; default 30 s
 * @param timeout of one probe, at least 10 ms and less than the interval; default 3 s
 * @param vantages all vantages expected to watch it, this agent's among them or not
 * @param access how to be let in
 */
public record ClusterSettings(ClusterId cluster, String clusterName, DiscoverySettings discovery, String canaryIndex,
        Duration interval, Duration timeout, List<Vantage> vantages, Access access) {

    public static final Duration INTERVAL = Duration.ofSeconds(30);
    public static final Duration TIMEOUT = Duration.ofSeconds(3);

    public ClusterSettings {
        vantages = List.copyOf(vantages);
        if (vantages.isEmpty()) {
            throw new IllegalArgumentException("cluster " + cluster + " needs at least one vantage");
        }
        if (interval.compareTo(Duration.ofMillis(100)) < 0 || interval.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("interval of " + cluster + " must be 100 ms to 1 h, was " + interval);
        }
        if (timeout.compareTo(Duration.ofMillis(10)) < 0 || timeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException("timeout of " + cluster
                    + " must be at least 10 ms and less than the interval " + interval + ", was " + timeout);
        }
        if (canaryIndex.isBlank()) {
            throw new IllegalArgumentException("cluster " + cluster + " needs a canary index");
        }
    }
}
