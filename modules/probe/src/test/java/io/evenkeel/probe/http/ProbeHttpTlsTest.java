package io.evenkeel.probe.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

final class ProbeHttpTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration PATIENT = Duration.ofSeconds(5);

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        makeCertificate("here", "ip:127.0.0.1");
        makeCertificate("elsewhere", "dns:elsewhere.example");
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
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serving(certificate)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write(new byte[]{'h', 'e', 'l', 'l', 'o'});
            exchange.close();
        });
        server.start();
        try (var http = new ProbeHttp(access, 1)) {
            return http.get(URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/"), PATIENT);
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext serving(String certificate) throws Exception {
        var store = KeyStore.getInstance(folder.resolve(certificate + ".p12").toFile(), PASSWORD);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static @Nullable Path pem(String name) {
        return folder.resolve(name + ".pem");
    }

    /** The JDK has no API that makes a certificate; its own tool does. */
    private static void makeCertificate(String name, String subjectAlternativeName) throws Exception {
        var store = folder.resolve(name + ".p12").toString();
        keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=test", "-ext",
                "san=" + subjectAlternativeName, "-keystore", store, "-storepass", new String(PASSWORD));
        keytool("-exportcert", "-rfc", "-alias", "a", "-keystore", store, "-storepass", new String(PASSWORD), "-file",
                folder.resolve(name + ".pem").toString());
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
