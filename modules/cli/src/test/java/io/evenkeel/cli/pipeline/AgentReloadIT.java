package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.FreePorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real {@code evenkeel agent}, its file and SIGHUP. */
final class AgentReloadIT {

    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final int metricsPort = FreePorts.find();

    @Test
    void aChangedFileIsPutInForceAndABadOneIsRefusedAndItsMetricsSaySo() throws Exception {
        try (var nodes = new ProbedNodes(2);
                var bench = new PipelineBench(folder.resolve("bench"), List.of("unused")).startBroker()) {
            var file = folder.resolve("evenkeel.yaml");
            Files.writeString(file, configuration(bench, nodes, List.of("n0")), UTF_8);
            var agent = bench.evenkeel("agent", List.of("agent", "--config", file.toString(), "--vantage", "a"));
            try (var results = new TopicReader<>(bench.kafka(), new Topics().probeResults(),
                    bench.serdes().deserializer())) {
                await().atMost(START).untilAsserted(() -> assertThat(probed(results)).containsExactly("n0"));

                Files.writeString(file, "clusters: [", UTF_8);
                hangUp(agent);
                await().atMost(START).untilAsserted(() -> assertThat(agent.log()).content()
                        .contains("configuration is refused").contains(file + ":1:"));
                assertThat(metrics()).contains("evenkeel_agent_config_refusals_total 1.0")
                        .contains("evenkeel_agent_config_reloads_total 0.0");

                // Without a signal: the agent looks by itself.
                Files.writeString(file, configuration(bench, nodes, List.of("n0", "n1")), UTF_8);
                await().atMost(START)
                        .untilAsserted(() -> assertThat(probed(results)).containsExactlyInAnyOrder("n0", "n1"));
                assertThat(metrics()).contains("evenkeel_agent_config_reloads_total 1.0")
                        .contains("evenkeel_agent_shares 12.0").contains("evenkeel_agent_targets 3.0")
                        .contains("evenkeel_agent_lateness_seconds{quantile=\"0.99\"}");
                assertThat(agent.isAlive()).isTrue();
            }
        }
    }

    private static Set<String> probed(TopicReader<Object> results) {
        return results.seen().stream().map(TopicReader.Seen::event).filter(NodeProbed.class::isInstance)
                .map(event -> ((NodeProbed) event).node().name()).collect(Collectors.toSet());
    }

    private static void hangUp(ChildProcess agent) throws Exception {
        assertThat(new ProcessBuilder("kill", "-s", "HUP", Long.toString(agent.pid())).start().waitFor()).isZero();
    }

    private String metrics() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")).build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    private String configuration(PipelineBench bench, ProbedNodes nodes, List<String> names) {
        return """
                kafka: {bootstrapServers: "%s", replicationFactor: 1}
                schemaRegistry: {url: "%s", autoRegister: true}
                vantages: [{name: a, zone: a}]
                clusters:
                  - id: one
                    nodes: %s
                    probe: {interval: 500ms, timeout: 400ms}
                agent: {health: {enabled: false}, metrics: {port: %d}, discoveryInterval: 1s}
                """.formatted(bench.kafka().bootstrapServers(), bench.registry().url(), nodes.configuration(names),
                metricsPort);
    }
}
