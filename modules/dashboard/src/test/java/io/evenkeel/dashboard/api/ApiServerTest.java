package io.evenkeel.dashboard.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.events.kafka.NotAcknowledgedException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {

    private static final String SILENCES = "/api/v1/silences";
    private static final String ACKNOWLEDGE = "/api/v1/incidents/acknowledge";
    private static final ApiSettings ANYWHERE = new ApiSettings("127.0.0.1", 0, Optional.empty());

    private final World world = new World();
    private ApiServer server;
    private Client client;

    @BeforeEach
    void start() {
        var tokens = new Tokens(List.of(new Token("ann", "a test", Access.OPERATE, () -> Client.TOKEN),
                new Token("eye", "a test", Access.READ, () -> "the-token-of-an-eye")));
        server = ApiServer.start(ANYWHERE, tokens, world.ports());
        client = new Client(server.port());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static HttpRequest.Builder as(HttpRequest.Builder request, String authorization) {
        return request.setHeader("Authorization", authorization);
    }

    private static void assertError(Client.Answer answer, int status, String... parts) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().properties()).extracting(Map.Entry::getKey).isSubsetOf("error", "hint")
                .contains("error");
        String said = answer.body().path("error").asText() + " " + answer.body().path("hint").asText();
        assertThat(said).isNotBlank()
                .satisfies(text -> List.of(parts).forEach(part -> assertThat(text).contains(part)));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void whatFiresIsListedLoudestFirstWithWhyNobodyIsTold() throws Exception {
        world.firing.add(World.alert("NodeDown", "standby/d1", Severity.WARN));
        world.firing.add(World.alert("ClusterQuorumLost", "primary", Severity.PAGE));
        world.silenced("standby", World.NOW.plusSeconds(60));
        var answer = client.get("/api/v1/alerts");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().findValuesAsText("key")).containsExactly("primary@1", "standby/d1@1");
        assertThat(answer.body().get(0).path("keptBack").asText()).isEmpty();
        assertThat(answer.body().get(1).path("keptBack").asText()).isEqualTo("silenced by bob: known disk");
        assertThat(answer.body().get(0).path("alert")).isEqualTo(new ObjectMapper().readTree("""
                {"key": "primary@1", "sequence": 1, "status": "FIRING", "severity": "PAGE", "subject": "primary",
                 "labels": {"cluster": "primary", "name": "ClusterQuorumLost"},
                 "title": "primary: ClusterQuorumLost", "lines": ["a line"],
                 "since": "2026-11-22T09:59:00.250Z", "at": "2026-11-22T10:00:00.250Z"}"""));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void conditionsChooseAmongWhatFires() throws Exception {
        world.firing.add(World.alert("NodeDown", "standby/d1", Severity.WARN));
        world.firing.add(World.alert("NodeDown", "primary/d1", Severity.WARN));
        assertThat(client.get("/api/v1/alerts?match=name%3DNodeDown,cluster%3D~pri.*").body().findValuesAsText("key"))
                .containsExactly("primary/d1@1");
        assertError(client.get("/api/v1/alerts?match=color%3Dred"), 400, "match: ", "no alert has a label color");
        assertError(client.get("/api/v1/alerts?match=cluster%3D~("), 400, "is no regular expression");
        assertError(client.get("/api/v1/alerts?match=primary"), 400, "must be LABEL=VALUE");
        assertError(client.get("/api/v1/alerts?macth=a%3Db"), 400, "'macth' is not a key here", "allowed: match");
        assertError(client.get("/api/v1/alerts?match=a%3Db&match=a%3Db"), 400, "'match' is there twice");
    }

    @Test
    void aSilenceIsSetUnderTheTokensNameListedAndEnded() throws Exception {
        var set = client.post(SILENCES,
                "{\"subject\": \"primary/d1\", \"reason\": \" new disk \", \"for\": \"90m\"}");
        assertThat(set.status()).isEqualTo(201);
        assertThat(set.body().toString()).isEqualTo("""
                {"subject":"primary/d1","by":"ann","reason":"new disk","setAt":"2026-11-22T10:00:00.250Z",\
                "until":"2026-11-22T11:30:00.250Z"}""");
        assertThat(world.silences.values()).containsExactly(new Intent(Intent.Kind.SILENCE, "primary/d1", "ann",
                "new disk", World.NOW, World.NOW.plus(Duration.ofMinutes(90))));
        assertThat(client.get(SILENCES).body().get(0)).isEqualTo(set.body());
        var ended = client.delete(SILENCES + "?subject=primary/d1");
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.body()).isEqualTo(set.body());
        assertThat(world.silences).isEmpty();
        assertError(client.delete(SILENCES + "?subject=primary/d1"), 404, "no silence of 'primary/d1' holds");
    }

    @Test
    void aSilenceLastsTwoHoursWhereNothingIsSaidAndWhatIsOverIsNotListed() throws Exception {
        client.post(SILENCES, "{\"subject\": \"name=NodeDown,cluster=~prod-.*\", \"reason\": \"upgrade\"}");
        world.silenced("primary", World.NOW);
        var listed = client.get(SILENCES).body();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("until").asText()).isEqualTo("2026-11-22T12:00:00.250Z");
        assertError(client.delete(SILENCES + "?subject=primary"), 404, "no silence of 'primary' holds");
    }

    @Test
    void anIncidentThatFiresIsAcknowledgedWithoutALookElsewhere() throws Exception {
        world.firing.add(World.alert("NodeDown", "primary/d1", Severity.WARN));
        var answer = client.post(ACKNOWLEDGE, "{\"incident\": \"primary/d1@1\", \"reason\": \"I look\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString())
                .isEqualTo("{\"incident\":\"primary/d1@1\",\"title\":\"primary/d1: NodeDown\",\"by\":\"ann\"}");
        assertThat(world.given).singleElement().satisfies(order -> assertThat(order).isEqualTo(
                Order.acknowledgement(order.id(), "primary/d1@1", "ann", "I look", World.NOW)));
    }

    @Test
    void anOlderOneIsLookedUpAndOneThatIsNoneIsNotFound() throws Exception {
        String body = "{\"incident\": \"storm/primary@1\", \"reason\": \"I look\"}";
        assertError(client.post(ACKNOWLEDGE, body), 404, "nobody was told of it", "GET /api/v1/alerts");
        world.found = new Incidents.Found.NotNow("no broker");
        assertError(client.post(ACKNOWLEDGE, body), 503, "it does NOT hold", "no broker");
        assertThat(world.given).isEmpty();
        world.found = new Incidents.Found.Known("storm in primary");
        assertThat(client.post(ACKNOWLEDGE, body).body().path("title").asText()).isEqualTo("storm in primary");
        assertThat(world.given).hasSize(1);
    }

    @Test
    void whoeverHasNoTokenGetsNoHint() throws Exception {
        for (String authorization : List.of("Bearer the-token-of-nobody", "Bearer " + Client.TOKEN + "0", "Bearer",
                "Basic YW5uOmFubg==", Client.TOKEN, "Bearer " + Client.TOKEN + ", Bearer x")) {
            var answer = client.send(as(client.request("/api/v1/no-such-path"), authorization));
            assertError(answer, 401, "a token is needed");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        assertThat(client.send(as(client.request(SILENCES), "bearer  " + Client.TOKEN)).status()).isEqualTo(200);
    }

    @Test
    void aReadTokenMayLookAndSayNothing() throws Exception {
        String eye = "Bearer the-token-of-an-eye";
        assertThat(client.send(as(client.request("/api/v1/alerts"), eye)).status()).isEqualTo(200);
        assertThat(client.send(as(client.request(SILENCES), eye)).status()).isEqualTo(200);
        assertError(client.send(as(client.request(SILENCES).POST(BodyPublishers.ofString("{}")), eye)), 403);
        assertError(client.send(as(client.request(SILENCES + "?subject=*").DELETE(), eye)), 403, "operate");
        assertError(client.send(as(client.request(ACKNOWLEDGE).POST(BodyPublishers.noBody()), eye)), 403);
        assertThat(world.given).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"reason\": \"r\"} | 'subject' is missing",
            "{\"subject\": \"primary\"} | 'reason' is missing",
            "{\"subject\": \"primary\", \"reason\": \" \"} | 'reason' is missing",
            "{\"subject\": \"primary\", \"reason\": \"r\", \"by\": \"bob\"} | 'by' is not a key here",
            "{\"subject\": \"primary\", \"reason\": 7} | 'reason' must be a text",
            "{\"subject\": \"primry\", \"reason\": \"r\"} | subject: 'primry' is no cluster here",
            "{\"subject\": \"color=red\", \"reason\": \"r\"} | subject: 'color=red': no alert has a label color",
            "{\"subject\": \"primary\", \"reason\": \"r\", \"for\": \"31d\"} | for: must be a duration from 1s to 30d",
            "{\"subject\": \"primary\", \"reason\": \"r\", \"for\": \"\"} | for: must be a duration from 1s to 30d",
            "{\"subject\": \"primary\", \"reason\": \"a\\nb\"} | 'reason' must be one line",
            "{\"subject\": \"primary\", \"subject\": \"standby\", \"reason\": \"r\"} | no JSON",
            "{\"subject\": | no JSON, at line 1", "{} {} | no JSON", "[] | must be a JSON object",
            "`` | must be a JSON object"})
    void whatIsWrongWithABodyIsSaidAndNothingIsDone(String body, String said) throws Exception {
        assertError(client.post(SILENCES, body), 400, said);
        assertThat(world.silences).isEmpty();
    }

    @Test
    void tooMuchIsRefusedAndSoIsWhatIsNoJson() throws Exception {
        String large = "{\"subject\": \"primary\", \"reason\": \"" + "r".repeat(Requests.MOST_BYTES) + "\"}";
        assertError(client.post(SILENCES, large), 413, "at most 65536 bytes");
        assertError(client.post(SILENCES, large.replaceAll("r{60000}", "")), 400, "at most 1000 characters");
        assertError(client.send(client.request(SILENCES).header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))), 415);
        assertError(client.send(client.request(SILENCES).POST(BodyPublishers.ofString("{}"))), 415);
        assertError(client.send(client.request(SILENCES).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"subject\": \"*\", \"reason\": \"\u00e4\"}", ISO_8859_1))), 400,
                "UTF-8");
        assertThat(client.send(client.request(SILENCES).header("Content-Type", "Application/JSON; charset=UTF-8")
                .POST(BodyPublishers.ofString("{\"subject\": \"*\", \"reason\": \"ä\"}"))).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1", "/api/v1/alerts/", "/api/v1/alerts/1", "/API/v1/alerts"})
    void thereIsNothingAtOtherPaths(String path) throws Exception {
        assertError(client.get(path), 404, "/api/v1/alerts, /api/v1/incidents/acknowledge, /api/v1/silences");
    }

    @Test
    void otherMethodsAreToldWhatIsAllowed() throws Exception {
        var answer = client.send(client.request(SILENCES).PUT(BodyPublishers.ofString("{}")));
        assertError(answer, 405);
        assertThat(answer.headers().firstValue("Allow")).contains("DELETE, GET, POST");
        assertThat(client.delete("/api/v1/alerts").headers().firstValue("Allow")).contains("GET");
        assertThat(client.get(ACKNOWLEDGE).status()).isEqualTo(405);
    }

    @Test
    void whileNotAllIsReadNobodyIsToldHalfOfIt() throws Exception {
        world.caughtUp = false;
        assertError(client.get("/api/v1/alerts"), 503, "what holds is not known");
        assertError(client.get(SILENCES), 503);
        assertError(client.delete(SILENCES + "?subject=primary"), 503);
        assertThat(client.post(SILENCES, "{\"subject\": \"primary\", \"reason\": \"r\"}").status()).isEqualTo(201);
    }

    @Test
    void whatKafkaDoesNotTakeDoesNotHoldAndIsSaidSo() throws Exception {
        world.silenced("standby", World.NOW.plusSeconds(60));
        world.found = new Incidents.Found.Known("known");
        world.failure = Optional.of(new NotAcknowledgedException("it does NOT hold", new TimeoutException()));
        assertError(client.post(SILENCES, "{\"subject\": \"primary\", \"reason\": \"r\"}"), 503, "it does NOT hold");
        assertError(client.delete(SILENCES + "?subject=standby"), 503, "it does NOT hold");
        assertError(client.post(ACKNOWLEDGE, "{\"incident\": \"a@1\", \"reason\": \"r\"}"), 503, "it does NOT hold");
    }

    @Test
    void aBugShowsNothingOfItself() throws Exception {
        world.failure = Optional.of(new IllegalArgumentException("inner thing"));
        var answer = client.post(SILENCES, "{\"subject\": \"primary\", \"reason\": \"r\"}");
        assertError(answer, 500);
        assertThat(answer.body().toString()).doesNotContain("inner thing", "Exception");
    }

    @Test
    void aPortThatIsTakenIsSaidWithItsNumber() {
        var taken = new ApiSettings("127.0.0.1", server.port(), Optional.empty());
        assertThatThrownBy(() -> ApiServer.start(taken, new Tokens(List.of()), world.ports()).close())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("127.0.0.1:" + server.port(), "api.port to a free one");
    }
}
