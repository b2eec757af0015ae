package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /metrics} for Prometheus, in its text format 0.0.4. Other paths are 404, other methods 405. */
final class MetricsEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);
    /** Prometheus, any version; "Text-based format" in its documentation. */
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;
    private final PrometheusMeterRegistry registry;

    private MetricsEndpoint(HttpServer server, ExecutorService threads, PrometheusMeterRegistry registry) {
        this.server = server;
        this.threads = threads;
        this.registry = registry;
    }

    /** Listens from now on; empty, after a warning, where it can't: several processes may share a machine. */
    static Optional<MetricsEndpoint> open(EvenkeelConfig.Metrics settings, PrometheusMeterRegistry registry) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        } catch (IOException | IllegalArgumentException refused) {
            LOG.atWarn().addKeyValue("host", settings.host()).addKeyValue("port", settings.port())
                    .addKeyValue("error", refused.toString())
                    .log("metrics are not served, the process runs without: set metrics.port (of an agent agent.metrics.port) to a free one");
            return Optional.empty();
        }
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var endpoint = new MetricsEndpoint(server, threads, registry);
        server.setExecutor(threads);
        server.createContext("/", endpoint::handle);
        server.start();
        LOG.atInfo().addKeyValue("host", settings.host()).addKeyValue("port", endpoint.port())
                .log("metrics are served");
        return Optional.of(endpoint);
    }

    /** The port that was bound. */
    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else if (!exchange.getRequestURI().getPath().equals("/metrics")) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                byte[] body = registry.scrape(TEXT).getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", TEXT);
                exchange.sendResponseHeaders(200, head ? -1 : body.length);
                if (!head) {
                    exchange.getResponseBody().write(body);
                }
            }
        } catch (RuntimeException failed) {
            LOG.atWarn().addKeyValue("error", failed.toString()).log("metrics can't be told");
            throw failed;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
