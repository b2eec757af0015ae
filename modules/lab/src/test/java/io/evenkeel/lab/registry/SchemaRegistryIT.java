package io.evenkeel.lab.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SchemaRegistryIT {

    private static final String SCHEMA = "{\"schema\":\"\\\"string\\\"\"}";

    @TempDir
    Path folder;

    @Test
    void idsPortAndSchemasOutliveARestart() throws Exception {
        try (var registry = new SchemaRegistry(folder.resolve("state/registry.json"));
                var http = HttpClient.newHttpClient()) {
            registry.start();
            var url = registry.url();
            var answer = post(http, url.resolve("/subjects/s-value/versions"));
            assertThat(answer.body()).isEqualTo("{\"id\":1}");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.schemaregistry.v1+json");

            registry.stop();
            assertThatThrownBy(() -> get(http, url.resolve("/subjects"))).isInstanceOf(ConnectException.class);
            registry.start();

            assertThat(registry.url()).isEqualTo(url);
            assertThat(get(http, url.resolve("/schemas/ids/1")).body()).isEqualTo("{\"schema\":\"\\\"string\\\"\"}");
            var missing = get(http, url.resolve("/schemas/ids/2"));
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.body()).contains("\"error_code\":40403");
        }
    }

    private static HttpResponse<String> get(HttpClient http, URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(HttpClient http, URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(SCHEMA)).build(),
                BodyHandlers.ofString());
    }
}
