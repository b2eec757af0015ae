package io.evenkeel.probe;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.probe.cluster.ClusterProbe;
import io.evenkeel.probe.confirm.Confirmations;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.TargetBook;
import io.evenkeel.probe.discovery.TargetDiscovery;
import io.evenkeel.probe.facts.FactReader;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.node.DiskWatch;
import io.evenkeel.probe.node.NodeProbe;
import io.evenkeel.probe.schedule.ProbeSchedule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One cluster: its probes and its discovery. */
final class ClusterWatch implements AutoCloseable {

    /** Beyond its time-out a probe has ended, and what it used may be closed. */
    private static final Duration TO_END = Duration.ofSeconds(1);

    /**
     * When discovery is to be made.
     *
     * @param ours whether this agent is the one of its vantage that does
     * @param interval between two rounds
     */
    record Turns(BooleanSupplier ours, Supplier<Duration> interval) {}

    private final ClusterSettings settings;
    private final TargetBook book;
    private final ProbeSchedule schedule;
    private final Reporter reporter;
    // Apart from the other's, so that a node probe always finds its own connection; the disk's question comes after it.
    private final ProbeHttp nodeHttp;
    private final ProbeHttp clusterHttp;
    private final NodeProbe nodeProbe;
    private final NodeProbe confirmingProbe;
    private final Confirmations confirmations;
    private final DiskWatch disks;
    private final ClusterProbe clusterProbe;
    private final DiscoveryLoop discovery;
    private final FactLoop facts;

    ClusterWatch(ClusterSettings settings, AutoScalingGroups groups, TargetBook book, AgentBus bus,
            ProbeSchedule schedule, Reporter reporter, Turns turns) {
        this.settings = settings;
        this.book = book;
        this.schedule = schedule;
        this.reporter = reporter;
        this.nodeHttp = new ProbeHttp(settings.access(), 1);
        this.clusterHttp = new ProbeHttp(settings.access(), ClusterProbe.CONNECTIONS_PER_NODE + 3);
        this.nodeProbe = new NodeProbe(nodeHttp);
        this.confirmingProbe = new NodeProbe(nodeHttp.anew());
        this.confirmations = new Confirmations(nodeHttp);
        this.disks = new DiskWatch(nodeHttp, System::nanoTime);
        this.clusterProbe = new ClusterProbe(clusterHttp);
        var subject = new TargetDiscovery.Subject(settings.cluster(), settings.clusterName(), settings.vantages(),
                settings.discovery(), settings.pace().timeout());
        var targets = new TargetDiscovery(subject, clusterHttp, groups, book, bus, InstantSource.system());
        this.discovery = new DiscoveryLoop(bus, targets::round, turns.ours(), turns.interval());
        var read = new FactReader.Subject(settings.cluster(), settings.clusterName(), reporter.agent(),
                settings.discovery().autoScalingGroups(), settings.pace().timeout());
        this.facts = new FactLoop(settings.cluster(), new FactReader(read, clusterHttp, groups, System::nanoTime),
                this::urls, book, bus, turns.ours());
    }

    ClusterSettings settings() {
        return settings;
    }

    /** Connections that are kept to nodes until their next probes. */
    int kept() {
        return nodeHttp.kept();
    }

    /** Begins to discover, and to read facts. */
    void start() {
        discovery.start();
        facts.start();
    }

    /** Whose turn it is to discover may have changed. */
    void wake() {
        discovery.wake();
        facts.wake();
    }

    /** A target of this cluster and of this agent changed: RETIRING ones are still probed, to see them go. */
    void changed(String key, @Nullable Object target) {
        int cost = target instanceof NodeTarget node && node.url().startsWith("https:") ? ProbeSchedule.HANDSHAKE : 1;
        changed(key, target, (name, interval, probe) -> schedule.put(name, interval, cost, probe));
    }

    /**
     * As above, of another agent so far.
     *
     * @param within from now to its first probe
     */
    void takenOver(String key, @Nullable Object target, Duration within) {
        changed(key, target, (name, interval, probe) -> schedule.putSoon(name, interval, within, probe));
    }

    /** How a target is put into the schedule. */
    private interface Scheduling {
        void put(String target, Duration interval, Consumer<Duration> probe);
    }

    private void changed(String key, @Nullable Object target, Scheduling scheduling) {
        switch (target) {
            case NodeTarget node when node.phase() != Phase.RETIRED -> {
                var interval = settings.paceOf(node).interval();
                confirmations.put(node, interval, () -> confirm(node));
                scheduling.put(key, interval, late -> probe(node, late));
            }
            case ClusterExpected _ -> scheduling.put(key, settings.pace().interval(), this::probeCluster);
            case null, default -> {
                schedule.remove(key);
                confirmations.remove(key);
            }
        }
    }

    /** Discovers no more, and closes when the probes that run now have ended: their failing would be our doing. */
    void retire() {
        discovery.close();
        facts.close();
        confirmations.close();
        Thread.ofVirtual().name("retire").start(() -> {
            try {
                Thread.sleep(settings.longestTimeout().plus(TO_END));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            close();
        });
    }

    @Override
    public void close() {
        discovery.close();
        facts.close();
        confirmations.close();
        clusterProbe.close();
        nodeHttp.close();
        clusterHttp.close();
    }

    private Outcome confirm(NodeTarget node) {
        return reporter.node(node, settings, Purpose.CONFIRMATION, Duration.ZERO, () -> ask(confirmingProbe, node));
    }

    private void probe(NodeTarget node, Duration late) {
        long began = System.nanoTime();
        var outcome = reporter.node(node, settings, Purpose.SCHEDULED, late,
                () -> disks.judged(node, ask(nodeProbe, node)));
        facts.probed(node.node().name(), Reporter.answered(outcome));
        if (Reporter.answered(outcome)) {
            confirmations.scheduled(node, new Outcome.Success());
            // Only now, so that it delays no result; and over before the next probe.
            var pace = settings.paceOf(node);
            var left = pace.interval().minusNanos(System.nanoTime() - began).dividedBy(2);
            disks.askIfDue(node, shorter(left, pace.timeout()));
        } else {
            confirmations.scheduled(node, outcome);
        }
    }

    private Outcome ask(NodeProbe probe, NodeTarget node) {
        return probe.probe(node.url(), node.node().name(), settings.clusterName(),
                settings.paceOf(node).timeout());
    }

    private void probeCluster(Duration late) {
        var urls = urls();
        if (!urls.isEmpty()) {
            reporter.cluster(settings, late,
                    () -> clusterProbe.probe(urls, settings.canaryIndex(), settings.pace().timeout()));
        }
    }

    private List<String> urls() {
        return Addresses.of(settings, book);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
