package io.evenkeel.dashboard.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.evenkeel.events.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API over HTTP, or over TLS alone: a virtual thread for each request. */
public final class ApiServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    /** Whoever sends no end of a request, or opens no end of connections, must not keep others out. */
    private static final Map<String, String> LIMITS = Map.of("sun.net.httpserver.maxReqTime", "20",
            "jdk.httpserver.maxConnections", "256");
    private static final int END_WITHIN_SECONDS = 1;

    private final ApiSettings settings;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Requests requests;

    private ApiServer(ApiSettings settings, HttpServer server, ExecutorService threads, Requests requests) {
        this.settings = settings;
        this.server = server;
        this.threads = threads;
        this.requests = requests;
    }

    /**
     * Listens from now on.
     *
     * @throws UncheckedIOException when the address can't be bound; the message names it
     * @throws IllegalStateException when certificates or key can't be used
     */
    public static ApiServer start(ApiSettings settings, Tokens tokens, ApiPorts ports) {
        // The JDK's server reads them once, when the first one is made.
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        var server = bind(settings);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var api = new ApiServer(settings, server, threads, new Requests(tokens, new Endpoints(ports)));
        server.setExecutor(threads);
        server.createContext("/", api::handle);
        server.start();
        LOG.atInfo().addKeyValue("address", api.address()).log("api listens");
        return api;
    }

    private static HttpServer bind(ApiSettings settings) {
        var tls = settings.tls().map(PemFiles::context);
        try {
            var address = new InetSocketAddress(settings.host(), settings.port());
            if (tls.isEmpty()) {
                return HttpServer.create(address, 0);
            }
            var server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
            return server;
        } catch (IOException refused) {
            throw new UncheckedIOException("the API can't listen on " + settings.host() + ":" + settings.port() + ": "
                    + refused.getMessage() + "; set api.host to an address of this machine, and api.port to a free one",
                    refused);
        }
    }

    /** The port that was bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    private String address() {
        return (settings.tls().isPresent() ? "https" : "http") + "://" + settings.host() + ":" + port();
    }

    private void handle(HttpExchange exchange) throws IOException {
        // What was not read of the body is passed over before the end, or the answer might be lost with the connection.
        try (exchange; var _ = exchange.getRequestBody()) {
            var answer = requests.answer(exchange);
            byte[] body = Json.bytes(answer.body());
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/json");
            headers.set("Cache-Control", "no-store");
            answer.headers().forEach(headers::set);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(END_WITHIN_SECONDS);
        threads.shutdownNow();
    }
}
