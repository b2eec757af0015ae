package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.channels.Secret;
import io.evenkeel.channels.webhook.WebhookChannel;
import io.evenkeel.channels.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of signed notifications that takes them, or says that it can't now. */
final class Hook implements AutoCloseable {

    private static final String KEY = "the key that the hook knows";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final WebhookVerifier verifier = new WebhookVerifier(new Secret("the test", () -> KEY));
    private final HttpServer server;
    private volatile boolean busy;

    Hook() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The configuration of a pipeline whose alerts all go here. */
    String configuration(Path folder, String groupWait) throws IOException {
        var key = folder.resolve("hook.key");
        Files.writeString(key, KEY, UTF_8);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return """
                alerts:
                  channels:
                    hook: {type: webhook, url: "%s", secret: {file: %s}, rate: 100/s}
                  route: {channels: [hook], groupWait: %s, groupInterval: 1s}
                  links: [{text: Runbook, url: "https://runbooks.example.org/{name}?of={cluster}"}]
                """.formatted(url(), key, groupWait);
    }

    /** Whether it answers 503. */
    void setBusy(boolean now) {
        busy = now;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            var headers = exchange.getRequestHeaders();
            var verdict = verifier.verdict(headers.getFirst(WebhookChannel.TIMESTAMP),
                    headers.getFirst(WebhookChannel.SIGNATURE), body, Instant.now());
            if (verdict != WebhookVerifier.Verdict.GENUINE) {
                exchange.sendResponseHeaders(401, -1);
            } else if (busy) {
                refused.add(headers.getFirst(WebhookChannel.NOTIFICATION));
                exchange.sendResponseHeaders(503, -1);
            } else {
                taken.add(JSON.readTree(new String(body, UTF_8)));
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }

    /** Kind and sequence of what it took about a cluster, in order. */
    List<String> taken(String cluster) {
        return taken.stream().filter(each -> each.path("labels").path("cluster").asText().equals(cluster))
                .map(each -> each.path("kind").asText() + " " + each.path("sequence").asInt()).toList();
    }

    /** The newest of what it took about a cluster. */
    JsonNode newest(String cluster) {
        return taken.stream().filter(each -> each.path("labels").path("cluster").asText().equals(cluster))
                .reduce((_, second) -> second).orElseThrow();
    }

    /** All that it took, in order. */
    List<JsonNode> taken() {
        return List.copyOf(taken);
    }

    /** Ids of what it said that it can't take now. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
