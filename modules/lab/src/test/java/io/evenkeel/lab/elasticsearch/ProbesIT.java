package io.evenkeel.lab.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.ClusterView.Members;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.lab.process.FreePorts;
import io.evenkeel.lab.process.LabProcesses;
import io.evenkeel.probe.cluster.ClusterProbe;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.node.DiskWatch;
import io.evenkeel.probe.node.NodeProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The agent's questions, to the real server. */
final class ProbesIT {

    private static final Path HOME = Path.of("target/home");
    private static final String HOST = "127.0.41.1";
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Outcome HEALTHY = new Outcome.Success();

    private final ProbeHttp http = new ProbeHttp(Access.OPEN, 4);
    private final NodeProbe nodes = new NodeProbe(http);
    private final DiskWatch disks = new DiskWatch(http, System::nanoTime);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aNodeTellsItsMembersAndThatItsDiskIsBeyondItsWatermark() throws Exception {
        try (var processes = LabProcesses.over(Files.createTempDirectory("evenkeel-probes-it"));
                var cluster = new ClusterProbe(http)) {
            // More than any disk has.
            var watermarks = Map.of("cluster.routing.allocation.disk.watermark.low", "3pb",
                    "cluster.routing.allocation.disk.watermark.high", "2pb",
                    "cluster.routing.allocation.disk.watermark.flood_stage", "1pb");
            var node = node(processes, List.of("master", "data"), List.of("n1"), watermarks);
            node.start();
            ElasticsearchHealth.awaitGreen(List.of(node), START, _ -> {
            });
            var target = target(node);

            assertThat(nodes.probe(target.url(), "n1", "it", TIMEOUT)).isEqualTo(HEALTHY);
            assertThat(cluster.probe(List.of(target.url()), "canary", TIMEOUT).members())
                    .isEqualTo(new Members.Listed(new TreeSet<>(Set.of("n1"))));
            disks.askIfDue(target, TIMEOUT);
            assertThat(disks.judged(target, HEALTHY)).isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
                assertThat(failure.reason()).isEqualTo(FailureReason.DISK);
                assertThat(failure.detail()).contains("flood stage at 1048576.0 GB");
            });
        }
    }

    @Test
    void withoutAMasterANodeIsHealthyAllTheSame() throws Exception {
        try (var processes = LabProcesses.over(Files.createTempDirectory("evenkeel-probes-it"));
                var cluster = new ClusterProbe(http)) {
            var node = node(processes, List.of("data"), List.of(), Map.of("discovery.initial_state_timeout", "0s"));
            node.start();
            var target = target(node);
            await().atMost(START).pollInterval(Duration.ofMillis(500)).untilAsserted(
                    () -> assertThat(nodes.probe(target.url(), "n1", "it", TIMEOUT)).isEqualTo(HEALTHY));

            disks.askIfDue(target, Duration.ofMillis(500));

            assertThat(disks.judged(target, HEALTHY)).isEqualTo(HEALTHY);
            assertThat(nodes.probe(target.url(), "n1", "it", TIMEOUT)).isEqualTo(HEALTHY);
            var view = cluster.probe(List.of(target.url()), "canary", TIMEOUT);
            assertThat(view.master()).isEqualTo(Master.ABSENT);
            assertThat(view.members()).isEqualTo(new Members.Unknown());
        }
    }

    private static ElasticsearchNode node(LabProcesses processes, List<String> roles, List<String> initialMasters,
            Map<String, String> settings) {
        var ports = FreePorts.find(List.of(HOST));
        var spec = new ElasticsearchNodeSpec("n1", "it", HOST, ports, ports + 1, roles, "zone-a", Map.of(),
                initialMasters.isEmpty() ? List.of() : List.of(HOST + ":" + (ports + 1)), initialMasters, 256,
                settings);
        return new ElasticsearchNode(spec, ElasticsearchDistribution.unpack(HOME, processes.folder()), processes);
    }

    private static NodeTarget target(ElasticsearchNode node) {
        return new NodeTarget(new NodeId(new ClusterId("it"), "n1"), "i-1", node.url().toString(), "zone-a",
                List.of(), "", List.of(), Phase.EXPECTED);
    }
}
