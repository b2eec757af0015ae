package io.evenkeel.lab.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry on loopback that speaks Confluent's REST API: subjects, schemas by id, compatibility, configuration;
 * Avro only, without references, contexts and modes. It keeps its port over stop and start, and its ids and schemas in a
 * file. Thread-safe.
 */
public final class SchemaRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private int port;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /**
     * Starts nothing yet.
     *
     * @param file holds the state; made if it isn't there
     */
    public SchemaRegistry(Path file) {
        this.file = file;
    }

    /**
     * Reads the file and serves.
     *
     * @throws LabException if the file can't be read, or the port of before has been taken
     * @throws IllegalStateException if it serves already
     */
    public synchronized void start() {
        if (server != null) {
            throw new IllegalStateException("the schema registry serves already");
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var api = new RegistryApi(new Registrations(new StateFile(file.toAbsolutePath())));
            var started = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
            var executor = Executors.newVirtualThreadPerTaskExecutor();
            started.setExecutor(executor);
            started.createContext("/", exchange -> serve(api, exchange));
            started.start();
            port = started.getAddress().getPort();
            server = started;
            threads = executor;
        } catch (IOException e) {
            throw new LabException("can't start the schema registry on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Refuses connections from here on; the port stays its own for {@link #start}. */
    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    /** Stops it, if it serves, and starts it on the same port. */
    public synchronized void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        stop();
    }

    /**
     * For a client's {@code schema.registry.url}.
     *
     * @throws IllegalStateException before the first start
     */
    public synchronized URI url() {
        if (port == 0) {
            throw new IllegalStateException("the schema registry was never started");
        }
        return URI.create("http://127.0.0.1:" + port);
    }

    private static void serve(RegistryApi api, HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var call = RegistryCall.of(exchange.getRequestMethod(), exchange.getRequestURI(), body);
            try {
                send(exchange, 200, api.answer(call));
            } catch (RegistryError e) {
                send(exchange, e.status(), error(e.code(), String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                LOG.atError().setMessage("registry request failed").addKeyValue("path", exchange.getRequestURI())
                        .setCause(e).log();
                send(exchange, 500, error(50001, "Error in the backend data store: " + e));
            }
        }
    }

    private static Map<String, Object> error(int code, String message) {
        return Map.of("error_code", code, "message", message);
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        var bytes = answer instanceof RegistryApi.Json(var text)
                ? text.getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
