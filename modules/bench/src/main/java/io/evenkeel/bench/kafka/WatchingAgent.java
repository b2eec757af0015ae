package io.evenkeel.bench.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** {@code evenkeel agent} as a process of its own, and what it says of itself at /metrics. */
record WatchingAgent(ChildProcess process, HttpClient http, URI metrics) {

    /** A busy agent may miss one. */
    private static final int QUESTIONS = 3;

    /** Starts it; it watches all nodes of a farm. */
    static WatchingAgent start(KafkaWorld world, HttpClient http, Farm farm, Duration interval, Duration timeout)
            throws IOException {
        int port = FreePorts.find();
        String trust = farm.tls().map(tls -> "caCertificate: " + tls.trusted()).orElse("");
        String nodes = farm.items().stream().collect(Collectors.joining(",\n      ", "[", "]"));
        var config = Files.writeString(world.folder().resolve("agent.yaml"), """
                kafka: {bootstrapServers: "%s", replicationFactor: 1}
                schemaRegistry: {url: "%s", autoRegister: true}
                vantages: [{name: a, zone: zone-1}]
                agent: {health: {enabled: false}, metrics: {port: %d}}
                clusters:
                  - id: farm
                    nodes: %s
                    probe: {interval: %dms, timeout: %dms}
                    %s
                """.formatted(world.kafka().bootstrapServers(), world.wire().settings().get("schema.registry.url"),
                port, nodes, interval.toMillis(), timeout.toMillis(), trust), UTF_8);
        var process = world.evenkeel("agent", AgentBench.JVM,
                List.of("agent", "--config", config.toString(), "--vantage", "a"));
        return new WatchingAgent(process, http, URI.create("http://127.0.0.1:" + port + "/metrics"));
    }

    /** A counter of its own, such as probes; not a number while it does not answer. */
    double counted(String name) {
        return value("evenkeel_agent_" + name + "_total");
    }

    /** Not a number while it does not answer. */
    double latenessMillis() {
        return 1e3 * value("evenkeel_agent_lateness_seconds{quantile=\"0.99\"");
    }

    private double value(String beginning) {
        for (int asked = 0; asked < QUESTIONS; asked++) {
            try {
                var request = HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(5)).build();
                return http.send(request, HttpResponse.BodyHandlers.ofLines()).body()
                        .filter(line -> line.startsWith(beginning))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
            } catch (IOException notYet) {
                // It starts, or gets no processor.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Double.NaN;
            }
        }
        return Double.NaN;
    }
}
