package io.evenkeel.probe.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The few answers of an Elasticsearch node that probes ask for, as 9.2.0 gives them; in order unless told otherwise. */
public final class FakeElasticsearch implements AutoCloseable {

    private record Scripted(int status, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile Scripted canary = new Scripted(200, "{\"timed_out\":false,\"_shards\":{\"failed\":0}}");
    private volatile Scripted health = new Scripted(200, "{\"status\":\"green\"}");
    private volatile Scripted master = new Scripted(200, "{\"master_node\":\"x\"}");
    private volatile Scripted local = new Scripted(200,
            "{\"cluster_name\":\"search\",\"nodes\":{\"x\":{\"name\":\"n1\"}}}");
    private volatile Scripted members = new Scripted(200,
            "{\"cluster_name\":\"search\",\"master_node\":\"x\",\"nodes\":{}}");
    private volatile Scripted addresses = new Scripted(200, "{}");
    private volatile Scripted disk = new Scripted(200, "{\"nodes\":{\"x\":{\"name\":\"n1\",\"fs\":{\"data\":[]}}}}");
    private volatile Scripted state = new Scripted(200,
            "{\"version\":7,\"master_node\":\"x\",\"nodes\":{\"x\":{\"name\":\"n1\"}}}");
    private volatile Scripted factState = new Scripted(200, "{}");
    private volatile Scripted allDisks = new Scripted(200, "{}");
    private volatile boolean canaryHangs;

    public FakeElasticsearch() {
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

    public int port() {
        return server.getAddress().getPort();
    }

    /** Paths with their queries, as they came. */
    public List<String> questions() {
        return List.copyOf(questions);
    }

    public FakeElasticsearch canary(int status, String body) {
        canary = new Scripted(status, body);
        return this;
    }

    public FakeElasticsearch hangingCanary() {
        canaryHangs = true;
        return this;
    }

    public FakeElasticsearch health(int status, String colour) {
        health = new Scripted(status, "{\"status\":\"" + colour + "\"}");
        return this;
    }

    public FakeElasticsearch master(int status, String body) {
        master = new Scripted(status, body);
        return this;
    }

    public FakeElasticsearch disk(int status, String body) {
        disk = new Scripted(status, body);
        return this;
    }

    /** Master and members as the cluster probe asks for them. */
    public FakeElasticsearch state(int status, String body) {
        state = new Scripted(status, body);
        return this;
    }

    public FakeElasticsearch local(int status, String body) {
        local = new Scripted(status, body);
        return this;
    }

    public FakeElasticsearch members(int status, String body) {
        members = new Scripted(status, body);
        return this;
    }

    public FakeElasticsearch addresses(int status, String body) {
        addresses = new Scripted(status, body);
        return this;
    }

    /** State, health and disks as facts are read from them. */
    public FakeElasticsearch facts(String fullState, String shards, String disks) {
        factState = new Scripted(200, fullState);
        health = new Scripted(200, shards);
        allDisks = new Scripted(200, disks);
        return this;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            questions.add(exchange.getRequestURI().toString());
            var answer = answer(exchange.getRequestURI().getPath());
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Scripted answer(String path) throws InterruptedException {
        return switch (path) {
            case "/_cluster/health" -> health;
            case "/_cluster/state/master_node" -> master;
            case "/_cluster/state/master_node,nodes" -> members;
            case "/_nodes/http" -> addresses;
            case "/_cluster/state/version,master_node,nodes" -> state;
            case "/_nodes/_local/_none" -> local;
            case "/_nodes/_local/stats/fs" -> disk;
            case "/_cluster/state/master_node,nodes,metadata,routing_table" -> factState;
            case "/_nodes/stats/fs" -> allDisks;
            case "/canary/_search" -> {
                if (canaryHangs) {
                    closed.await();
                }
                yield canary;
            }
            default -> new Scripted(400, "{\"error\":{\"type\":\"unexpected question\"}}");
        };
    }
}
