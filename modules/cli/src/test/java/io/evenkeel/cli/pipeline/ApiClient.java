package io.evenkeel.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.lab.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;

/** Asks {@code evenkeel serve} as a program would. */
final class ApiClient implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("api listens address=\"(http://[^\"]+)\"");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String token;

    private ApiClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Once it listens. */
    static ApiClient of(ChildProcess serve, String token) throws IOException {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(serve.log()).content().containsPattern(LISTENS));
        var listens = LISTENS.matcher(Files.readString(serve.log()));
        assertThat(listens.find()).isTrue();
        return new ApiClient(listens.group(1), token);
    }

    JsonNode get(int status, String path) throws IOException, InterruptedException {
        return send(status, request(path));
    }

    JsonNode post(int status, String path, String body) throws IOException, InterruptedException {
        return send(status, request(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    JsonNode delete(int status, String path) throws IOException, InterruptedException {
        return send(status, request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(int status, HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
