package io.evenkeel.probe.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.probe.http.ProbeHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health of the node on this machine over HTTP, GET and HEAD. Three questions apart, since a load balancer that takes the
 * cluster's trouble for the node's own removes healthy nodes until data is gone:
 * <ul>
 * <li>{@code /health/live}: 200 when the node's process answers at all. The only one that may feed an Auto Scaling group.
 * <li>{@code /health/ready}: 200 when it sees an elected master.
 * <li>{@code /health/cluster}: 200 when it also says green or yellow; JSON with status, cause, and age of the evidence.
 * <li>{@code /health}: 200 {@code OK} on green or yellow, 503 {@code Elasticsearch cluster status: red} or
 * {@code Service Unavailable}, for checks written for that contract.
 * </ul>
 * Other paths are 404, other methods 405.
 */
public final class HealthEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoint.class);
    private static final int CONNECTIONS = 64;

    private final HttpServer server;
    private final ExecutorService threads;
    private final ProbeHttp http;
    private final LocalNode node;

    private HealthEndpoint(HttpServer server, ExecutorService threads, ProbeHttp http, LocalNode node) {
        this.server = server;
        this.threads = threads;
        this.http = http;
        this.node = node;
    }

    /**
     * Listens from now on.
     *
     * @throws UncheckedIOException when the address can't be bound; the message names it
     */
    public static HealthEndpoint start(HealthEndpointSettings settings) {
        var server = bind(settings);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var http = new ProbeHttp(settings.access(), CONNECTIONS);
        var endpoint = new HealthEndpoint(server, threads, http,
                new LocalNode(http, settings.nodeUrl(), settings.deadline()));
        server.setExecutor(threads);
        server.createContext("/", endpoint::handle);
        server.start();
        LOG.atInfo().setMessage("health endpoint listens").addKeyValue("host", settings.host())
                .addKeyValue("port", endpoint.port()).addKeyValue("node", settings.nodeUrl()).log();
        return endpoint;
    }

    /** The port that was bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        http.close();
    }

    private static HttpServer bind(HealthEndpointSettings settings) {
        try {
            return HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("health endpoint can't listen on " + settings.host() + ":"
                    + settings.port() + ": " + e.getMessage(), e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            write(exchange, reply(exchange));
        }
    }

    private Reply reply(HttpExchange exchange) {
        try {
            return routed(exchange);
        } catch (RuntimeException e) {
            LOG.atError().setMessage("health can't be told").setCause(e)
                    .addKeyValue("path", exchange.getRequestURI()).log();
            return Reply.text(503, "Service Unavailable");
        }
    }

    private Reply routed(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Reply.text(405, "Method Not Allowed");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/health" -> node.seedHealth();
            case "/health/live" -> node.live();
            case "/health/ready" -> node.ready();
            case "/health/cluster" -> node.cluster();
            case null, default -> Reply.text(404, "Not Found");
        };
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", reply.contentType());
        headers.set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
