package io.evenkeel.probe.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.testing.FakeElasticsearch;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthEndpointTest {

    private static final Duration DEADLINE = Duration.ofMillis(500);

    private final FakeElasticsearch node = new FakeElasticsearch();
    private final HealthEndpoint endpoint = endpoint(node.url());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        endpoint.close();
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"green", "yellow"})
    void healthIsOkOnGreenAndYellow(String colour) throws Exception {
        node.health(200, colour);

        var answer = get(endpoint, "/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK");
    }

    @Test
    void healthTellsTheStatusOnRed() throws Exception {
        node.health(200, "red");

        var answer = get(endpoint, "/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("Elasticsearch cluster status: red");
    }

    @Test
    void healthIsUnavailableWhenTheNodeIsGone() throws Exception {
        node.close();

        var answer = get(endpoint, "/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("Service Unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/health/cluster"})
    void aNodeThatHangsIsToldWithinTheDeadline(String path) throws Exception {
        try (var silent = new RawServer(_ -> new CountDownLatch(1).await()); var hanging = endpoint(silent.url())) {
            long began = System.nanoTime();

            assertThat(get(hanging, path).statusCode()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(DEADLINE.plusMillis(800));
        }
    }

    @Test
    void aRedClusterWithoutAMasterIsStillALiveNode() throws Exception {
        node.health(200, "red").master(200, "{}");

        assertThat(get(endpoint, "/health/live").statusCode()).isEqualTo(200);
        assertThat(json("/health/live").path("status").asText()).isEqualTo("live");
    }

    @Test
    void aNodeThatIsGoneIsNotLive() throws Exception {
        node.close();

        var answer = get(endpoint, "/health/live");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json("/health/live").path("cause").asText()).isEqualTo("CONNECT_REFUSED");
    }

    @Test
    void aNodeIsReadyWhenItSeesAMaster() throws Exception {
        assertThat(get(endpoint, "/health/ready").statusCode()).isEqualTo(200);
        node.master(200, "{}");
        assertThat(get(endpoint, "/health/ready").statusCode()).isEqualTo(503);
        assertThat(json("/health/ready").path("cause").asText()).isEqualTo("NO_MASTER");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"green | {\"master_node\":\"x\"} | 200 | OK",
            "yellow | {\"master_node\":\"x\"} | 200 | OK", "red | {\"master_node\":\"x\"} | 503 | STATUS_RED",
            "red | {} | 503 | NO_MASTER"})
    void theClusterIsToldApartWithItsCause(String colour, String master, int status, String cause) throws Exception {
        node.health(200, colour).master(200, master);

        assertThat(get(endpoint, "/health/cluster").statusCode()).isEqualTo(status);
        var body = json("/health/cluster");
        assertThat(body.path("status").asText()).isEqualTo(colour);
        assertThat(body.path("cause").asText()).isEqualTo(cause);
        assertThat(body.path("ageMillis").asLong(-1)).isBetween(0L, 1000L);
    }

    @Test
    void whatWasLastKnownIsToldWithItsAgeWhenTheNodeIsGone() throws Exception {
        get(endpoint, "/health/cluster");
        long known = System.nanoTime();
        node.close();

        var body = json("/health/cluster");

        assertThat(body.path("status").asText()).isEqualTo("unknown");
        assertThat(body.path("cause").asText()).isEqualTo("CONNECT_REFUSED");
        assertThat(body.path("lastKnownStatus").asText()).isEqualTo("green");
        assertThat(body.path("ageMillis").asLong(-1)).isBetween(0L,
                Duration.ofNanos(System.nanoTime() - known).toMillis() + 500);
    }

    @Test
    void headHasTheHeadersAndNoBody() throws Exception {
        var answer = send(endpoint, "HEAD", "/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-length")).contains("2");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthy", "/health/", "/health/other", "/health/live/x"})
    void otherPathsAreNotFound(String path) throws Exception {
        assertThat(get(endpoint, path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void otherMethodsAreNotAllowed(String method) throws Exception {
        var answer = send(endpoint, method, "/health");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        var settings = new HealthEndpointSettings("127.0.0.1", endpoint.port(), node.url(), DEADLINE, Access.OPEN);

        assertThatThrownBy(() -> HealthEndpoint.start(settings)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + endpoint.port());
    }

    private static HealthEndpoint endpoint(String nodeUrl) {
        return HealthEndpoint.start(new HealthEndpointSettings("127.0.0.1", 0, nodeUrl, DEADLINE, Access.OPEN));
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(endpoint, path).body());
    }

    private HttpResponse<String> get(HealthEndpoint asked, String path) throws IOException, InterruptedException {
        return send(asked, "GET", path);
    }

    private HttpResponse<String> send(HealthEndpoint asked, String method, String path)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + asked.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody()).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
