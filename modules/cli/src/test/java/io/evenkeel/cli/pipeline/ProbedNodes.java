package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes of one cluster behind one port, each at a path of its own; they answer probes, or HTTP 500 when told to fail. */
final class ProbedNodes implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final List<String> names;

    ProbedNodes(int count) throws IOException {
        names = IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    List<String> names() {
        return names;
    }

    void fail(String name) {
        failing.add(name);
    }

    /** As the configuration's {@code clusters[].nodes}, in YAML's flow form. */
    String configuration(List<String> chosen) {
        return chosen.stream().map(name -> "{name: %s, url: \"http://127.0.0.1:%d/%s\", roles: [data]}"
                .formatted(name, server.getAddress().getPort(), name)).collect(Collectors.joining(", ", "[", "]"));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String name = path.split("/", 3)[1];
            byte[] body = "{\"cluster_name\":\"c\",\"nodes\":{\"x\":{\"name\":\"%s\"}}}".formatted(name)
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(failing.contains(name) ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
