package io.evenkeel.bench.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where Alertmanager, or Evenkeel, tells what fires. */
final class AlertHook implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Long> fired = new ConcurrentHashMap<>();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final String label;
    private final HttpServer server;

    /** A message as it came, and when by {@link System#nanoTime}. */
    record Message(long nanos, JsonNode body) {}

    /** @param label the label of an alert that names what it is about */
    AlertHook(String label) throws IOException {
        this.label = label;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::told);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void told(HttpExchange exchange) throws IOException {
        try (exchange) {
            long nanos = System.nanoTime();
            var body = JSON.readTree(exchange.getRequestBody());
            messages.add(new Message(nanos, body));
            for (var alert : body.path("alerts")) {
                if (alert.path("status").asText().equalsIgnoreCase("firing")) {
                    fired.putIfAbsent(alert.path("labels").path(label).asText(), nanos);
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** When it was first told of a target, by {@link System#nanoTime}. */
    Optional<Long> firedAt(String instance) {
        return Optional.ofNullable(fired.get(instance));
    }

    /** All so far, in order. */
    List<Message> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
