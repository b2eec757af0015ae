package io.evenkeel.probe;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.discovery.TargetBook;
import io.evenkeel.probe.endpoint.HealthEndpointSettings;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.node.NodeProbe;
import io.evenkeel.probe.node.NodeProbe.Sighting;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports of the node on the agent's own host, for one cluster: who answers there, by the name that it gives itself. A node
 * that {@code targets} does not list under this cluster is not reported; one that falls silent is reported as whoever
 * answered last. Never a vote.
 */
final class OwnReports implements AutoCloseable {

    private final ClusterSettings cluster;
    private final String url;
    private final TargetBook book;
    private final Reporter reporter;
    private final ProbeHttp http;
    private final NodeProbe probe;
    private volatile @Nullable NodeId lastSeen;

    OwnReports(ClusterSettings cluster, HealthEndpointSettings local, TargetBook book, Reporter reporter) {
        this.cluster = cluster;
        this.url = local.nodeUrl();
        this.book = book;
        this.reporter = reporter;
        this.http = new ProbeHttp(local.access(), 1);
        this.probe = new NodeProbe(http);
    }

    /** @param late how late it begins */
    void report(Duration late) {
        long began = System.nanoTime();
        var sighting = probe.look(url, cluster.pace().timeout());
        long verdict = System.nanoTime();
        whose(sighting).ifPresent(target -> reporter.own(target, outcome(sighting), cluster.pace().interval(),
                new Reporter.Span(began, verdict, late)));
    }

    @Override
    public void close() {
        http.close();
    }

    private Optional<NodeTarget> whose(Sighting sighting) {
        if (sighting instanceof Sighting.Somebody(var clusterName, var nodeName)) {
            boolean ours = cluster.clusterName().isEmpty() || cluster.clusterName().equals(clusterName);
            var target = book.nodes(cluster.cluster()).stream()
                    .filter(node -> ours && node.node().name().equals(nodeName)).findFirst();
            lastSeen = target.map(NodeTarget::node).orElse(null);
        }
        var node = lastSeen;
        return book.nodes(cluster.cluster()).stream()
                .filter(target -> target.node().equals(node) && target.phase() != Phase.RETIRED).findFirst();
    }

    private static Outcome outcome(Sighting sighting) {
        return switch (sighting) {
            case Sighting.Somebody _ -> new Outcome.Success();
            case Sighting.Nothing(var failure) -> failure;
        };
    }
}
