package io.evenkeel.events.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** One call to a registry: every configured one is tried in turn, starting with the one that answered last. */
final class RegistryHttp implements AutoCloseable {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final JsonMapper JSON = new JsonMapper();

    private final RegistrySettings settings;
    private final HttpClient client;
    private volatile int preferred;

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout()).build();
    }

    static String escaped(String subject) {
        return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode send(String method, String path, @Nullable Object body) {
        int count = settings.urls().size();
        int first = preferred;
        RegistryUnavailableException failure = null;
        for (int i = 0; i < count; i++) {
            int index = (first + i) % count;
            try {
                var answer = sendTo(settings.urls().get(index), method, path, body);
                preferred = index;
                return answer;
            } catch (RegistryUnavailableException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        throw failure == null ? new RegistryUnavailableException("no registry configured") : failure;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private JsonNode sendTo(URI base, String method, String path, @Nullable Object body) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(settings.readTimeout())
                .header("Accept", MEDIA_TYPE + ", application/json").header("Content-Type", MEDIA_TYPE);
        if (settings.authorization() != null) {
            request.header("Authorization", settings.authorization());
        }
        try {
            var publisher = body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
            return read(base, client.send(request.method(method, publisher).build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new RegistryUnavailableException("registry " + shown(base) + " can't be reached: " + e, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static JsonNode read(URI base, HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (status == 200) {
            return JSON.readTree(response.body());
        }
        var answer = answer(response.body());
        int code = answer.path("error_code").asInt(0);
        String message = "registry " + shown(base) + " answered " + status + " to "
                + response.request().method() + " " + response.request().uri().getRawPath() + ": "
                + answer.path("message").asText("no message");
        // Only an answer in the registry's own words is its answer: a proxy's 404 says nothing about a schema.
        if (code != 0 && (status == 404 || status == 409 || status == 422)) {
            throw new RegistryAnswerException(code, message + " (" + code + ")");
        }
        throw new RegistryUnavailableException(message);
    }

    private static JsonNode answer(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("message", "an answer that is not JSON");
        }
    }

    private static String shown(URI base) {
        return base.getScheme() + "://" + base.getHost() + (base.getPort() < 0 ? "" : ":" + base.getPort())
                + base.getPath();
    }
}
