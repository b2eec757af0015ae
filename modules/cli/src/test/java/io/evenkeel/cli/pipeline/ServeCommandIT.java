package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code evenkeel serve} starts and ends, and what it says without a broker. */
final class ServeCommandIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration A_MOMENT = Duration.ofSeconds(5);
    private static final String TOKEN = "the-token-of-this-test";
    /** 128 + SIGTERM: a process that was asked to end says so. */
    private static final int ENDED_BY_TERM = 143;

    @TempDir
    Path folder;

    private PipelineBench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new PipelineBench(folder.resolve("bench"), List.of("only"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private ChildProcess serve(String api) throws IOException {
        Files.writeString(folder.resolve("token"), TOKEN, UTF_8);
        var file = Files.writeString(folder.resolve("serve.yaml"), """
                kafka: {bootstrapServers: "127.0.0.1:1", replicationFactor: 1}
                schemaRegistry: {url: "http://127.0.0.1:1"}
                vantages: [{name: va, zone: z1}]
                clusters: [{id: only, seeds: ["http://127.0.0.1:1"]}]
                """ + api.replace("FOLDER", folder.toString()), UTF_8);
        return bench.evenkeel("serve", List.of("serve", "--config", file.toString()));
    }

    private static void assertEnds(ChildProcess serve, int code, String... said) {
        assertThat(serve.onExit()).succeedsWithin(LIMIT).isEqualTo(code);
        assertThat(serve.log()).content().contains(said).doesNotContain("\tat ").doesNotContain(TOKEN);
    }

    @Test
    void withoutATokenNothingIsServed() throws Exception {
        assertEnds(serve(""), 2, "serve.yaml: api.tokens: must list at least one");
    }

    @Test
    void aShortTokenIsRefusedByItsNameAndPlace() throws Exception {
        Files.writeString(folder.resolve("short"), "short-secret-01", UTF_8);
        var serve = serve("api: {port: 0, tokens: [{name: ann, token: {file: FOLDER/short}}]}\n");
        assertEnds(serve, 2, "api.tokens: the token of ann (file " + folder.resolve("short")
                + ") must have at least 16 characters");
        assertThat(serve.log()).content().doesNotContain("short-secret-01");
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEnds(serve("api: {port: %d, tokens: [{name: ann, token: {file: FOLDER/token}}]}\n"
                    .formatted(taken.getLocalPort())), 1,
                    "the API can't listen on 127.0.0.1:" + taken.getLocalPort() + ": ");
        }
    }

    @Test
    void withoutKafkaItSaysThatNothingIsKnownAndNothingHoldsAndEndsAtTerm() throws Exception {
        var serve = serve("""
                api: {port: 0, tokens: [{name: ann, token: {file: FOLDER/token}},
                                        {name: bob, token: {file: FOLDER/no-such-file}}]}
                """);
        try (var api = ApiClient.of(serve, TOKEN)) {
            assertThat(api.get(503, "/api/v1/alerts").path("error").asText()).contains("what holds is not known");
            assertThat(api.post(503, "/api/v1/silences", "{\"subject\": \"only\", \"reason\": \"r\"}").path("error")
                    .asText()).contains("it does NOT hold");
            assertThat(api.post(503, "/api/v1/incidents/acknowledge", "{\"incident\": \"a@1\", \"reason\": \"r\"}")
                    .path("error").asText()).contains("it does NOT hold");
        }
        assertThat(serve.log()).content().containsOnlyOnce("token lets nobody in").contains("token=\"bob\"");
        Signals.term(serve.pid());
        assertThat(serve.await(Duration.ofSeconds(30))).as("ended").isTrue();
        assertThat(serve.onExit()).succeedsWithin(A_MOMENT).isEqualTo(ENDED_BY_TERM);
        assertThat(serve.log()).content().contains("api stops").doesNotContain(TOKEN);
    }
}
