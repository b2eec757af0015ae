package io.evenkeel.probe.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.http.Secret;
import io.evenkeel.probe.testing.FullBacklog;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeProbeTest {

    private static final Duration TIMEOUT = Duration.ofMillis(400);
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final String HEALTHY = "{\"cluster_name\":\"search\",\"nodes\":{\"x\":{\"name\":\"n1\"}}}";

    private final ProbeHttp http = new ProbeHttp(Access.OPEN, 1);
    private final NodeProbe probe = new NodeProbe(http);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void theNodeThatWasMeantIsASuccess() throws IOException {
        try (var server = RawServer.answering(200, HEALTHY)) {
            assertThat(ask(server, PATIENT)).isEqualTo(new Outcome.Success());
            assertThat(server.requests().getFirst()).startsWith("GET /_nodes/_local/_none?filter_path=");
        }
    }

    @Test
    void theConnectionIsKeptOpenBetweenProbes() throws IOException {
        try (var server = RawServer.answering(200, HEALTHY)) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(server, PATIENT)).isEqualTo(new Outcome.Success());
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aPortWhereNobodyListensIsRefused() throws IOException {
        try (var server = RawServer.answering(200, HEALTHY)) {
            server.die();
            assertFailure(ask(server, PATIENT), FailureReason.CONNECT_REFUSED, "refused");
        }
    }

    @Test
    void aServerThatDoesNotTakeConnectionsIsAConnectTimeout() throws IOException {
        try (var listener = new FullBacklog()) {
            long began = System.nanoTime();
            var outcome = probe.probe(listener.url(), "n1", "", TIMEOUT);
            assertFailure(outcome, FailureReason.CONNECT_TIMEOUT, "not connected within 400 ms");
            assertKeptDeadline(began);
        }
    }

    @Test
    void aServerThatNeverAnswersIsAReadTimeout() throws IOException {
        try (var server = new RawServer(_ -> new CountDownLatch(1).await())) {
            long began = System.nanoTime();
            assertFailure(ask(server, TIMEOUT), FailureReason.READ_TIMEOUT, "connected, but no complete answer");
            assertKeptDeadline(began);
        }
    }

    @Test
    void aTlsHandshakeThatNeverEndsIsAReadTimeout() throws IOException {
        try (var server = new RawServer(_ -> new CountDownLatch(1).await())) {
            long began = System.nanoTime();
            var outcome = probe.probe("https://127.0.0.1:" + server.port(), "n1", "", TIMEOUT);
            assertFailure(outcome, FailureReason.READ_TIMEOUT, "connected");
            assertKeptDeadline(began);
        }
    }

    @Test
    void aServerThatDribblesCannotExceedTheDeadline() throws IOException {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (true) {
                connection.write(" ");
                Thread.sleep(20);
            }
        })) {
            long began = System.nanoTime();
            assertFailure(ask(server, TIMEOUT), FailureReason.READ_TIMEOUT, "no complete answer");
            assertKeptDeadline(began);
        }
    }

    @Test
    void aTargetThatTimedOutIsSeenAgainAsSoonAsItAnswers() throws IOException {
        var stopped = new CountDownLatch(1);
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            if (stopped.getCount() > 0) {
                stopped.countDown();
                new CountDownLatch(1).await();
            }
            connection.respond(200, HEALTHY);
        })) {
            assertThat(ask(server, TIMEOUT)).isInstanceOf(Outcome.Failure.class);
            assertThat(ask(server, PATIENT)).isEqualTo(new Outcome.Success());
        }
    }

    @Test
    void aConnectionThatIsResetWhileAskingIsAReset() throws IOException {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.reset();
        })) {
            assertFailure(ask(server, PATIENT), FailureReason.RESET, "");
            assertThat(server.connections()).as("a new connection is not tried again").isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatIsResetAsSoonAsItIsMadeIsAReset() throws IOException {
        try (var server = new RawServer(RawServer.Connection::reset)) {
            for (int i = 0; i < 20; i++) {
                assertFailure(ask(server, PATIENT), FailureReason.RESET, "");
            }
        }
    }

    @Test
    void aBodyThatBreaksOffIsAReset() throws IOException {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
        })) {
            assertFailure(ask(server, PATIENT), FailureReason.RESET, "");
        }
    }

    @Test
    void aKeptOpenConnectionThatTheServerClosedIsNoFailure() throws IOException {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.respond(200, HEALTHY);
        })) {
            for (int i = 1; i <= 3; i++) {
                assertThat(ask(server, PATIENT)).isEqualTo(new Outcome.Success());
                assertThat(server.connections()).isEqualTo(i);
            }
        }
    }

    @Test
    void aKeptOpenConnectionThatIsResetIsAskedOverOnceMore() throws IOException {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.respond(200, HEALTHY);
            connection.readRequest();
            connection.reset();
        })) {
            assertThat(ask(server, PATIENT)).isEqualTo(new Outcome.Success());
            assertThat(ask(server, PATIENT)).isEqualTo(new Outcome.Success());
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aServerThatIsGoneBehindAKeptOpenConnectionIsRefused() throws IOException {
        try (var server = RawServer.answering(200, HEALTHY)) {
            assertThat(ask(server, PATIENT)).isEqualTo(new Outcome.Success());
            server.die();
            assertFailure(ask(server, PATIENT), FailureReason.CONNECT_REFUSED, "");
        }
    }

    @ParameterizedTest
    @CsvSource({"429, OVERLOADED", "500, HTTP_STATUS", "503, HTTP_STATUS", "401, HTTP_STATUS", "302, HTTP_STATUS"})
    void aStatusThatIsNoAnswerOfAHealthyNodeIsToldApart(int status, FailureReason reason) throws IOException {
        try (var server = RawServer.answering(status, "{\"error\":\"why\"}")) {
            assertFailure(ask(server, PATIENT), reason, "HTTP " + status + ": {\"error\":\"why\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"<html>hello</html> | no list of nodes", "'' | no list of nodes",
            "{\"cluster_name\":\"search\"} | no list of nodes",
            "{\"cluster_name\":\"search\",\"nodes\":{}} | the list of nodes is empty",
            "{\"cluster_name\":\"search\",\"nodes\":{\"x\":{\"name\":\"n2\"}}} | node 'n2' answered, expected 'n1'",
            "{\"cluster_name\":\"other\",\"nodes\":{\"x\":{\"name\":\"n1\"}}} | cluster 'other' answered"})
    void anAnswerOfSomebodyElseIsAMismatch(String body, String detail) throws IOException {
        try (var server = RawServer.answering(200, body)) {
            assertFailure(ask(server, PATIENT), FailureReason.BODY_MISMATCH, detail);
        }
    }

    @Test
    void whatIsNoHttpIsAFailureAndNoException() throws IOException {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        })) {
            assertThat(ask(server, PATIENT)).isInstanceOf(Outcome.Failure.class);
        }
        assertFailure(probe.probe("no url", "n1", "", PATIENT), FailureReason.OTHER, "");
        assertFailure(probe.probe("ftp://127.0.0.1:1", "n1", "", PATIENT), FailureReason.OTHER, "");
        assertFailure(probe.probe("http://no-such-host.invalid:9200", "n1", "", PATIENT), FailureReason.OTHER,
                "no-such-host.invalid");
    }

    @Test
    void aDetailIsOneLineOfAtMost300Characters() throws IOException {
        try (var server = RawServer.answering(500, "line\r\n\tline ".repeat(1000))) {
            var failure = (Outcome.Failure) ask(server, PATIENT);
            assertThat(failure.detail()).hasSizeLessThanOrEqualTo(300).doesNotContain("\n", "\r", "\t");
        }
    }

    @Test
    void theApiKeyIsSentAndNeverShown() throws IOException {
        var access = new Access(() -> Secret.of("c2VjcmV0"), null, true);
        try (var server = RawServer.answering(200, HEALTHY); var keyed = new ProbeHttp(access, 1)) {
            new NodeProbe(keyed).probe(server.url(), "n1", "", PATIENT);
            assertThat(server.requests().getFirst()).contains("Authorization: ApiKey c2VjcmV0");
        }
        assertThat(Secret.of("c2VjcmV0")).hasToString("***");
    }

    @Test
    void theAgentsOwnFailureIsNeverTheTargets() throws IOException {
        var access = new Access(() -> {
            throw new IllegalStateException("no key");
        }, null, true);
        try (var server = RawServer.answering(200, HEALTHY); var keyless = new ProbeHttp(access, 1)) {
            assertThatThrownBy(() -> new NodeProbe(keyless).probe(server.url(), "n1", "", PATIENT))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anInterruptedProbeSaysNothingOfItsTarget() throws IOException {
        try (var server = new RawServer(_ -> new CountDownLatch(1).await())) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> ask(server, PATIENT)).isInstanceOf(IllegalStateException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private Outcome ask(RawServer server, Duration timeout) {
        return probe.probe(server.url(), "n1", "search", timeout);
    }

    private static void assertFailure(Outcome outcome, FailureReason reason, String detail) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
            assertThat(failure.reason()).as(failure.detail()).isEqualTo(reason);
            assertThat(failure.detail()).contains(detail).isNotBlank();
        });
    }

    /** The deadline, and room for two busy cores. */
    private static void assertKeptDeadline(long began) {
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(TIMEOUT.minusMillis(20),
                TIMEOUT.plusMillis(800));
    }
}
