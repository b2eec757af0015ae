package io.evenkeel.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.dashboard.api.ApiSettings.Tls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    /** A certificate for 127.0.0.1, as keytool makes it, in PEM. */
    private Tls files(String name, String algorithm) throws Exception {
        var file = folder.resolve(name + ".p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(tool, "-genkeypair", "-alias", "api", "-keyalg", algorithm, "-dname",
                "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-validity", "2", "-keystore", file.toString(),
                "-storepass", PASSWORD).redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).as(folder.resolve("keytool.log").toString()).isZero();
        var keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        return new Tls(pem(name + ".crt", "CERTIFICATE", keys.getCertificate("api").getEncoded()),
                pem(name + ".key", "PRIVATE KEY", Objects.requireNonNull(
                        keys.getKey("api", PASSWORD.toCharArray()).getEncoded())));
    }

    private Path pem(String name, String what, byte[] encoded) throws IOException {
        return Files.writeString(folder.resolve(name), "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END " + what + "-----\n");
    }

    private SSLContext trusting(String name) throws GeneralSecurityException, IOException {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var keys = KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
        var certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("api", keys.getCertificate("api"));
        trusted.init(certificates);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context;
    }

    private static ApiServer start(Tls tls) {
        return ApiServer.start(new ApiSettings("127.0.0.1", 0, Optional.of(tls)), new Tokens(
                List.of(new Token("ann", "a test", Access.OPERATE, () -> Client.TOKEN))), new World().ports());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void aClientThatTrustsTheCertificateIsServed(String algorithm) throws Exception {
        try (var server = start(files("own", algorithm));
                var client = new Client(HttpClient.newBuilder().sslContext(trusting("own")).build(), "https",
                        server.port())) {
            assertThat(client.get("/api/v1/silences").status()).isEqualTo(200);
            var set = client.post("/api/v1/silences", "{\"subject\": \"primary\", \"reason\": \"r\"}");
            assertThat(set.status()).isEqualTo(201);
        }
    }

    @Test
    void nothingIsServedInTheOpenBesides() throws Exception {
        try (var server = start(files("own", "EC")); var client = new Client(server.port())) {
            assertThatThrownBy(() -> client.get("/api/v1/silences")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void filesThatCantBeUsedAreSaidByNameAndNeverQuoted() throws Exception {
        var own = files("own", "EC");
        var other = files("other", "EC");
        refuses(new Tls(own.certificateChain(), other.privateKey()), "other.key is not the key of the first");
        refuses(new Tls(own.certificateChain(), folder.resolve("none")), "api.tls.privateKey: ", "none can't be read");
        refuses(new Tls(own.privateKey(), own.privateKey()), "api.tls.certificateChain: ", "holds no certificate");
        refuses(new Tls(own.certificateChain(), own.certificateChain()), "own.crt holds no key in PKCS#8");
        var broken = Files.writeString(folder.resolve("broken.key"),
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> start(new Tls(own.certificateChain(), broken)).close())
                .hasMessageContaining("broken.key holds no key").hasMessageNotContaining("c2VjcmV0").hasNoCause();
    }

    private static void refuses(Tls tls, String... parts) {
        assertThatThrownBy(() -> start(tls).close()).isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(parts);
    }
}
