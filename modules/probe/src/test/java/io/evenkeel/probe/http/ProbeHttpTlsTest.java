package io.evenkeel.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.probe.testing.Certificate;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

final class ProbeHttpTlsTest {

    private static final Duration PATIENT = Duration.ofSeconds(5);

    @TempDir
    static Path folder;

    private static Certificate here;
    private static Certificate elsewhere;

    @BeforeAll
    static void makeCertificates() throws Exception {
        here = Certificate.make(folder, "here", "ip:127.0.0.1");
        elsewhere = Certificate.make(folder, "elsewhere", "dns:elsewhere.example");
    }

    @Test
    void aCertificateOfTheConfiguredCaIsTrusted() throws Exception {
        assertThat(ask("here", new Access(() -> Secret.NONE, pem("here"), true)))
                .isEqualTo(new Answer.Response(200, "hello"));
    }

    @Test
    void aCertificateOfAnUnknownCaIsATlsFailure() throws Exception {
        assertTls(ask("here", Access.OPEN));
        assertTls(ask("here", new Access(() -> Secret.NONE, pem("elsewhere"), true)));
    }

    @Test
    void aCertificateForAnotherHostIsATlsFailureUnlessSwitchedOff() throws Exception {
        assertTls(ask("elsewhere", new Access(() -> Secret.NONE, pem("elsewhere"), true)));
        assertThat(ask("elsewhere", new Access(() -> Secret.NONE, pem("elsewhere"), false)))
                .isEqualTo(new Answer.Response(200, "hello"));
    }

    @Test
    void switchingOffTheHostnameStillChecksTheCa() throws Exception {
        assertTls(ask("elsewhere", new Access(() -> Secret.NONE, null, false)));
    }

    @Test
    void plainHttpWhereTlsIsExpectedIsATlsFailure() throws IOException {
        try (var plain = new RawServer(connection -> connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
                var http = new ProbeHttp(Access.OPEN, 1)) {
            assertTls(http.get(URI.create("https://127.0.0.1:" + plain.port() + "/"), PATIENT));
        }
    }

    @Test
    void overTlsTooAConnectionIsKeptAndItsEndIsToldAtOnce() throws Exception {
        var server = serving("here");
        try (var http = new ProbeHttp(new Access(() -> Secret.NONE, pem("here"), true), 1)) {
            String url = "https://127.0.0.1:" + server.getAddress().getPort();
            var told = new AtomicInteger();
            http.watch(url, told::incrementAndGet);
            for (int i = 0; i < 3; i++) {
                assertThat(http.get(URI.create(url + "/"), PATIENT)).isEqualTo(new Answer.Response(200, "hello"));
                assertThat(http.kept()).isEqualTo(1);
            }
            // The server's session tickets come unasked, and are no end.
            await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(told).hasValue(0));

            server.stop(0);

            await().untilAsserted(() -> assertThat(told).hasValue(1));
            assertThat(http.kept()).isZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCaFileThatCannotBeUsedIsRefusedAtTheStart() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.pem"), "");
        for (var file : List.of(folder.resolve("missing.pem"), empty)) {
            assertThatThrownBy(() -> new ProbeHttp(new Access(() -> Secret.NONE, file, true), 1))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(file.toString());
        }
    }

    private static void assertTls(Answer answer) {
        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class,
                failed -> assertThat(failed.reason()).as(failed.detail()).isEqualTo(FailureReason.TLS));
    }

    private static Answer ask(String certificate, Access access) throws Exception {
        var server = serving(certificate);
        try (var http = new ProbeHttp(access, 1)) {
            return http.get(URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/"), PATIENT);
        } finally {
            server.stop(0);
        }
    }

    private static HttpsServer serving(String certificate) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate(certificate).serving()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write(new byte[]{'h', 'e', 'l', 'l', 'o'});
            exchange.close();
        });
        server.start();
        return server;
    }

    private static @Nullable Path pem(String name) {
        return certificate(name).pem();
    }

    private static Certificate certificate(String name) {
        return name.equals("here") ? here : elsewhere;
    }
}
