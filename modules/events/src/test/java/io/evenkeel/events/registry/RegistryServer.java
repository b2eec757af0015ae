package io.evenkeel.events.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;

/** A registry on loopback that speaks as much of Confluent's contract as a serializer needs, and can be made to fail. */
public final class RegistryServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    public final Map<String, String> compatibility = new ConcurrentHashMap<>();
    public final List<String> requests = new CopyOnWriteArrayList<>();
    public final List<String> authorizations = new CopyOnWriteArrayList<>();
    /** Answered to everything when not 0. */
    public volatile int failWith;
    public volatile boolean hanging;

    public RegistryServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public synchronized int add(String subject, Schema schema) {
        String text = schema.toString();
        if (!schemas.contains(text)) {
            schemas.add(text);
        }
        int id = schemas.indexOf(text) + 1;
        var versions = subjects.computeIfAbsent(subject, _ -> new CopyOnWriteArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    public Map<String, List<Integer>> subjects() {
        return subjects;
    }

    public synchronized String schemaText(int id) {
        return schemas.get(id - 1);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (hanging) {
                closing.await();
                return;
            }
            if (failWith != 0) {
                answer(exchange, failWith, Map.of("error_code", failWith * 100 + 1, "message", "not today"));
                return;
            }
            route(exchange, exchange.getRequestURI().getPath().split("/", -1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void route(HttpExchange exchange, String[] path) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean post = exchange.getRequestMethod().equals("POST");
        if (path[1].equals("schemas")) {
            int id = Integer.parseInt(path[3]);
            if (id < 1 || id > schemas.size()) {
                answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema " + id + " not found"));
            } else {
                answer(exchange, 200, Map.of("schema", schemaText(id)));
            }
        } else if (path[1].equals("config")) {
            compatibility.put(path[2], new JsonMapper().readTree(body).path("compatibility").asText());
            answer(exchange, 200, Map.of("compatibility", compatibility.get(path[2])));
        } else if (post && path.length == 4) {
            answer(exchange, 200, Map.of("id", add(path[2], schemaIn(body))));
        } else if (post) {
            lookup(exchange, path[2], schemaIn(body));
        } else {
            int id = subjects.getOrDefault(path[2], List.of(0)).getLast();
            answer(exchange, 200, Map.of("id", id, "schema", schemaText(id)));
        }
    }

    private void lookup(HttpExchange exchange, String subject, Schema schema) throws IOException {
        int id = schemas.indexOf(schema.toString()) + 1;
        var versions = subjects.get(subject);
        if (versions == null) {
            answer(exchange, 404, Map.of("error_code", 40401, "message", "Subject '" + subject + "' not found."));
        } else if (!versions.contains(id)) {
            answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
        } else {
            answer(exchange, 200, Map.of("subject", subject, "id", id, "version", versions.indexOf(id) + 1));
        }
    }

    private static Schema schemaIn(String body) throws IOException {
        return new Schema.Parser().parse(new JsonMapper().readTree(body).path("schema").asText());
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        var bytes = new JsonMapper().writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
