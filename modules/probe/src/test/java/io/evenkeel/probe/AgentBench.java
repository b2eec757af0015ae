package io.evenkeel.probe;

import com.sun.management.OperatingSystemMXBean;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.bench.NodeFarm;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.Secret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One agent and very many targets, without Kafka: {@code AgentBench TARGETS INTERVAL_SECONDS PORT [CA_FILE]} against a
 * {@link NodeFarm}. Warms up until every target was probed, and measures four intervals; prints one line.
 */
public final class AgentBench implements AgentBus {

    private static final Vantage VANTAGE = new Vantage("a", "z");
    private static final ClusterId CLUSTER = new ClusterId("farm");

    private final AtomicLong probed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicInteger told = new AtomicInteger();
    private final List<NodeTarget> targets = new ArrayList<>();

    private AgentBench(int count, int port, String scheme) {
        for (int i = 0; i < count; i++) {
            String address = NodeFarm.address(i);
            targets.add(new NodeTarget(new NodeId(CLUSTER, address), "e", scheme + "://" + address + ":" + port, "z",
                    new TreeSet<>(List.of("data")), "", List.of(VANTAGE), Phase.EXPECTED));
        }
    }

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        var interval = Duration.ofSeconds(Integer.parseInt(arguments[1]));
        boolean tls = arguments.length > 3;
        var bench = new AgentBench(count, Integer.parseInt(arguments[2]), tls ? "https" : "http");
        var access = tls ? new Access(() -> Secret.NONE, Path.of(arguments[3]), false) : Access.OPEN;
        var cluster = new ClusterSettings(CLUSTER, "farm",
                DiscoverySettings.of(List.of("http://127.0.0.1:1"), List.of(), List.of()), "canary", interval,
                Duration.ofSeconds(3), List.of(VANTAGE), access);
        var settings = new AgentSettings(VANTAGE, "bench/1", List.of(cluster), Duration.ofHours(1), null);
        try (var agent = new ProbeAgent(settings, bench, AutoScalingGroups.NONE)) {
            agent.start();
            Thread.sleep(interval.multipliedBy(2).plusMillis(count * 2L));
            bench.measure(agent, interval.multipliedBy(4), tls);
        }
    }

    private void measure(ProbeAgent agent, Duration time, boolean tls) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long warmUpFailures = failed.get();
        long probes = probed.get();
        long cpu = system.getProcessCpuTime();
        long end = System.nanoTime() + time.toNanos();
        var lateness = new ArrayList<Duration>();
        while (System.nanoTime() < end) {
            Thread.sleep(Duration.ofMillis(500));
            lateness.add(agent.status().lateness().p99());
        }
        long made = probed.get() - probes;
        double seconds = (system.getProcessCpuTime() - cpu) / 1e9;
        Collections.sort(lateness);
        System.out.printf(
                "agent: %d targets, tls %s: %d probes in %d s, CPU %.1f us a probe (%.2f cores), lateness p99 of half "
                        + "seconds: median %.1f ms, worst %.1f ms, failures %d (warming up %d), skipped %d, RSS %d MiB "
                        + "(most %d)%n",
                agent.status().targets(), tls, made, time.toSeconds(), seconds * 1e6 / made,
                seconds / time.toSeconds(), lateness.get(lateness.size() / 2).toNanos() / 1e6,
                lateness.getLast().toNanos() / 1e6, failed.get() - warmUpFailures, warmUpFailures,
                agent.status().skipped(), memory("VmRSS"), memory("VmHWM"));
    }

    private static long memory(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", ""))).findFirst().orElse(0) / 1024;
    }

    @Override
    public void start(TargetListener listener, ShareListener shares) {
        shares.changed(new Shares(InMemoryBus.ALL));
        targets.forEach(target -> listener.changed(target.node().toString(), target, Instant.EPOCH));
    }

    @Override
    public CompletionStage<?> send(ProbeResult result) {
        if (result instanceof NodeProbed node) {
            probed.incrementAndGet();
            if (node.outcome() instanceof Outcome.Failure failure) {
                failed.incrementAndGet();
                if (told.incrementAndGet() <= 5) {
                    System.out.println(node.node() + ": " + failure);
                }
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        Thread.sleep(timeout);
        return false;
    }

    @Override
    public void put(Object target) {
        // Discovery has nothing to find.
    }

    @Override
    public void delete(NodeId node) {
        // Discovery has nothing to find.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
