package io.evenkeel.bench.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where Alertmanager tells what fires. */
final class AlertHook implements AutoCloseable {

    private final Map<String, Long> fired = new ConcurrentHashMap<>();
    private final HttpServer server;

    AlertHook() throws IOException {
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
            for (var alert : new ObjectMapper().readTree(exchange.getRequestBody()).path("alerts")) {
                if (alert.path("status").asText().equals("firing")) {
                    fired.putIfAbsent(alert.path("labels").path("instance").asText(), nanos);
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** When it was first told of a target, by {@link System#nanoTime}. */
    Optional<Long> firedAt(String instance) {
        return Optional.ofNullable(fired.get(instance));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
