package io.evenkeel.probe;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.probe.cluster.ClusterProbe;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.discovery.TargetBook;
import io.evenkeel.probe.discovery.TargetDiscovery;
import io.evenkeel.probe.discovery.TargetWriter;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.node.DiskWatch;
import io.evenkeel.probe.node.NodeProbe;
import io.evenkeel.probe.schedule.ProbeSchedule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One cluster: its probes and its discovery. */
final class ClusterWatch implements AutoCloseable {

    private final ClusterSettings settings;
    private final TargetBook book;
    private final ProbeSchedule schedule;
    private final Reporter reporter;
    // Apart from the other's, so that a node probe always finds its own connection.
    private final ProbeHttp nodeHttp;
    private final ProbeHttp clusterHttp;
    private final NodeProbe nodeProbe;
    private final DiskWatch disks;
    private final ClusterProbe clusterProbe;
    private final TargetDiscovery discovery;

    ClusterWatch(ClusterSettings settings, AutoScalingGroups groups, TargetBook book, TargetWriter writer,
            ProbeSchedule schedule, Reporter reporter) {
        this.settings = settings;
        this.book = book;
        this.schedule = schedule;
        this.reporter = reporter;
        this.nodeHttp = new ProbeHttp(settings.access(), 1);
        this.clusterHttp = new ProbeHttp(settings.access(), ClusterProbe.CONNECTIONS_PER_NODE + 2);
        this.nodeProbe = new NodeProbe(nodeHttp);
        this.disks = new DiskWatch(clusterHttp, System::nanoTime);
        this.clusterProbe = new ClusterProbe(clusterHttp);
        var subject = new TargetDiscovery.Subject(settings.cluster(), settings.clusterName(), settings.vantages(),
                settings.discovery(), settings.timeout());
        this.discovery = new TargetDiscovery(subject, clusterHttp, groups, book, writer, InstantSource.system());
    }

    boolean owns(String key) {
        return key.equals(settings.cluster().value()) || key.startsWith(settings.cluster().value() + "/");
    }

    /** A target of this cluster changed: RETIRING ones are still probed, to see them go. */
    void changed(String key, @Nullable Object target) {
        switch (target) {
            case NodeTarget node when node.phase() != Phase.RETIRED ->
                schedule.put(key, settings.interval(), late -> probe(node, late));
            case ClusterExpected _ -> schedule.put(key, settings.interval(), this::probeCluster);
            case null, default -> schedule.remove(key);
        }
    }

    void discover() {
        discovery.round();
    }

    @Override
    public void close() {
        clusterProbe.close();
        nodeHttp.close();
        clusterHttp.close();
    }

    private void probe(NodeTarget node, Duration late) {
        long began = System.nanoTime();
        var outcome = reporter.node(node, settings, late, () -> disks.judged(node,
                nodeProbe.probe(node.url(), node.node().name(), settings.clusterName(), settings.timeout())));
        if (Reporter.answered(outcome)) {
            // Only now, so that it delays no result; and over before the next probe.
            var left = settings.interval().minusNanos(System.nanoTime() - began).dividedBy(2);
            disks.askIfDue(node, left.compareTo(settings.timeout()) < 0 ? left : settings.timeout());
        }
    }

    private void probeCluster(Duration late) {
        var urls = urls();
        if (!urls.isEmpty()) {
            reporter.cluster(settings, late,
                    () -> clusterProbe.probe(urls, settings.canaryIndex(), settings.timeout()));
        }
    }

    /** Nodes that clients use come before dedicated masters; where none is known yet, the configured addresses. */
    private List<String> urls() {
        var expected = book.nodes(settings.cluster()).stream().filter(node -> node.phase() == Phase.EXPECTED)
                .sorted(Comparator.comparing(ClusterWatch::dedicatedMaster).thenComparing(NodeTarget::node))
                .map(NodeTarget::url).distinct().toList();
        if (!expected.isEmpty()) {
            return expected;
        }
        return Stream.concat(settings.discovery().seeds().stream(),
                settings.discovery().nodes().stream().map(StaticNode::url)).filter(url -> !url.isEmpty()).distinct()
                .toList();
    }

    private static boolean dedicatedMaster(NodeTarget node) {
        return node.masterEligible() && !node.holdsData();
    }
}
