package io.evenkeel.dashboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks a server on loopback as a program would. */
final class Client implements AutoCloseable {

    static final String TOKEN = "the-token-of-ann-0";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String base;

    Client(HttpClient http, String scheme, int port) {
        this.http = http;
        this.base = scheme + "://127.0.0.1:" + port;
    }

    Client(int port) {
        this(HttpClient.newHttpClient(), "http", port);
    }

    record Answer(int status, HttpHeaders headers, JsonNode body) {

        String error() {
            return body.path("error").asText();
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + TOKEN);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.headers(), JSON.readTree(answer.body()));
    }

    @Override
    public void close() {
        http.close();
    }
}
