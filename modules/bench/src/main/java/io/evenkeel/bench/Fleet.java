package io.evenkeel.bench;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Clusters as they are on AWS, with names of the usual length, seen from three vantages in three zones.
 *
 * @param clusters how many
 * @param nodes of each
 */
public record Fleet(int clusters, int nodes) {

    /** The interval that targets are counted at: 10 million of them are 333,000 results a second from one vantage. */
    public static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final List<String> ZONES = List.of("eu-west-1a", "eu-west-1b", "eu-west-1c");
    private static final List<Vantage> VANTAGES = List.of(new Vantage("vantage-a", ZONES.get(0)),
            new Vantage("vantage-b", ZONES.get(1)), new Vantage("vantage-c", ZONES.get(2)));
    private static final int MASTERS = 3;

    public int targets() {
        return clusters * nodes;
    }

    public static int vantages() {
        return VANTAGES.size();
    }

    public static ClusterId cluster(int cluster) {
        return new ClusterId(String.format(Locale.ROOT, "search-%05d", cluster));
    }

    public static ClusterExpected expected(int cluster) {
        return new ClusterExpected(cluster(cluster), VANTAGES);
    }

    public static NodeTarget target(int cluster, int node) {
        String zone = ZONES.get(node % ZONES.size());
        boolean master = node < MASTERS;
        return new NodeTarget(node(cluster, node), incarnation(cluster, node),
                "http://10.%d.%d.%d:9200".formatted(cluster / 250 % 250, cluster % 250, node % 250), zone,
                master ? List.of("master") : List.of("data", "ingest"),
                "search-" + (master ? "masters" : "data"), VANTAGES, NodeTarget.Phase.EXPECTED);
    }

    private static NodeId node(int cluster, int node) {
        return new NodeId(cluster(cluster), String.format(Locale.ROOT, "es-node-%04d", node));
    }

    private static String incarnation(int cluster, int node) {
        return String.format(Locale.ROOT, "i-%017x", (long) cluster * 1_000_000 + node);
    }

    /** @param counter of the vantage's one agent, or of the target alone: it must only grow for each target */
    public static ProbeResult result(int cluster, int node, int vantage, long counter, Outcome outcome) {
        return new NodeProbed(node(cluster, node), incarnation(cluster, node), source(vantage, counter),
                ProbeResult.Purpose.SCHEDULED, outcome, timing());
    }

    public static ProbeResult healthy(int cluster, int node, int vantage, long counter) {
        return result(cluster, node, vantage, counter, new Outcome.Success());
    }

    /** The cluster as a whole, in order. */
    public static ProbeResult inOrder(int cluster, int vantage, long counter) {
        return new ClusterProbed(cluster(cluster), source(vantage, counter),
                new ClusterView(MASTERS, MASTERS, ClusterView.Canary.WORKS, ClusterView.Colour.GREEN,
                        ClusterView.Master.SEEN, new ClusterView.Members.Unknown(), ""),
                timing());
    }

    private static ProbeResult.Timing timing() {
        return new ProbeResult.Timing(Duration.ofNanos(1_234_000), Duration.ofNanos(567_000), INTERVAL,
                Duration.ofNanos(890_000));
    }

    private static ProbeSource source(int vantage, long counter) {
        var from = VANTAGES.get(vantage);
        return new ProbeSource(from.name(), from.zone(), "ip-10-0-0-" + vantage + "-4711",
                "0f8fad5b-d9cb-469f-a165-70867728950" + vantage, counter, "");
    }
}
