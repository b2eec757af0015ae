package io.evenkeel.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The far end: an SNS subscriber that confirms itself and keeps what it gets, a pager, a chat, and the dead-man's switches.
 * Thread-safe.
 */
public final class LabReceiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> subjects = new CopyOnWriteArrayList<>();
    private final AtomicLong heartbeats = new AtomicLong();
    private final AtomicLong pipelineBeats = new AtomicLong();
    private final LabPager pager = new LabPager();
    private final LabChat chat = new LabChat();

    LabReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new LabException("can't listen on loopback: " + failed.getMessage(), failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/sns", this::onSns);
        server.createContext("/heartbeat", exchange -> {
            heartbeats.incrementAndGet();
            answer(exchange);
        });
        server.createContext("/deadman", exchange -> {
            pipelineBeats.incrementAndGet();
            answer(exchange);
        });
        server.createContext("/pager/v2/enqueue", pager::onEvent);
        server.createContext("/chat", chat::onMessage);
        server.start();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    URI snsEndpoint() {
        return at("/sns");
    }

    URI heartbeatUrl() {
        return at("/heartbeat");
    }

    /** Of the dead-man's switch that is fed over the whole pipeline. */
    URI deadManUrl() {
        return at("/deadman");
    }

    URI pagerUrl() {
        return at("/pager");
    }

    URI chatUrl() {
        return at("/chat");
    }

    public LabPager pager() {
        return pager;
    }

    public LabChat chat() {
        return chat;
    }

    /** Heartbeats that came the way of notifications. */
    public long pipelineBeats() {
        return pipelineBeats.get();
    }

    /** Subjects of the notifications received so far, in order. */
    public List<String> subjects() {
        return List.copyOf(subjects);
    }

    public long heartbeats() {
        return heartbeats.get();
    }

    private void onSns(HttpExchange exchange) throws IOException {
        JsonNode message = JSON.readTree(exchange.getRequestBody());
        answer(exchange);
        switch (message.path("Type").asText()) {
            case "SubscriptionConfirmation" -> confirm(message.path("SubscribeURL").asText());
            case "Notification" -> subjects.add(message.path("Subject").asText());
            default -> {
                // An unsubscribe confirmation: nothing to do.
            }
        }
    }

    private void confirm(String url) throws IOException {
        try {
            http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
