package io.evenkeel.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static EvenkeelConfig.Metrics on(int port) {
        return new EvenkeelConfig.Metrics(true, "127.0.0.1", port);
    }

    private static HttpResponse<String> ask(MetricsEndpoint endpoint, String method, String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path))
                    .method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void theMetricsHaveTheNamesThatTheDocumentationPromises() throws Exception {
        var meters = new TopologyMeters(registry);
        meters.rerouted("host-1/42");
        meters.deadLetter("evenkeel.probe-results.v1", "BAD_BODY");
        meters.health().result();
        meters.health().stranger("nowhere");
        meters.health().open().tick(System.currentTimeMillis());
        try (var endpoint = MetricsEndpoint.open(on(0), registry).orElseThrow()) {
            var answer = ask(endpoint, "GET", "/metrics");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body().lines()).contains(
                    "evenkeel_topology_rerouted_results_total{publisher=\"host-1/42\"} 1.0",
                    "evenkeel_topology_dead_letters_total{reason=\"BAD_BODY\",topic=\"evenkeel.probe-results.v1\"} 1.0",
                    "evenkeel_health_results_total 1.0", "evenkeel_health_strangers_total{vantage=\"nowhere\"} 1.0")
                    .anyMatch(line -> line.startsWith("evenkeel_health_lag_seconds 0."));
        }
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        try (var endpoint = MetricsEndpoint.open(on(0), registry).orElseThrow()) {
            assertThat(ask(endpoint, "GET", "/").statusCode()).isEqualTo(404);
            assertThat(ask(endpoint, "GET", "/metrics/more").statusCode()).isEqualTo(404);
            assertThat(ask(endpoint, "POST", "/metrics").statusCode()).isEqualTo(405);
            assertThat(ask(endpoint, "HEAD", "/metrics").body()).isEmpty();
        }
    }

    @Test
    void aPortInUseIsNoReasonToEnd() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(MetricsEndpoint.open(on(other.getLocalPort()), registry)).isEmpty();
        }
    }

    @Test
    void aHostThatIsNotOursIsNoReasonToEnd() {
        assertThat(MetricsEndpoint.open(new EvenkeelConfig.Metrics(true, "no-such-host.invalid", 0), registry))
                .isEmpty();
    }
}
