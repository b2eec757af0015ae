package io.evenkeel.channels.aws.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real SDK against an HTTP server on loopback. */
class SecretsManagerTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "";

    @BeforeAll
    static void giveCredentials() {
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "id");
        System.setProperty("aws.secretAccessKey", "key");
    }

    @AfterAll
    static void takeCredentials() {
        List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey").forEach(System::clearProperty);
    }

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                        + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                var bytes = body.getBytes(UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private SecretsManager secrets() {
        return new SecretsManager(
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
    }

    @Test
    void aSecretIsAskedForOnceAndNotBeforeItIsUsed() {
        body = "{\"Name\": \"evenkeel/hook\", \"SecretString\": \"hidden\\n\"}";
        var secret = secrets().secret("evenkeel/hook");
        assertThat(asked).isEmpty();
        assertThat(secret.value()).isEqualTo("hidden");
        assertThat(secret.value()).isEqualTo("hidden");
        assertThat(asked).containsExactly("secretsmanager.GetSecretValue {\"SecretId\":\"evenkeel/hook\"}");
        assertThat(secret.toString()).isEqualTo("secret from AWS Secrets Manager, evenkeel/hook");
    }

    @Test
    void whatAwsRefusesIsToldByNameAndCode() {
        status = 400;
        body = "{\"__type\": \"ResourceNotFoundException\", \"message\": \"Secrets Manager can't find it\"}";
        assertThatThrownBy(() -> secrets().secret("evenkeel/hook").value()).isInstanceOf(IllegalStateException.class)
                .hasMessage("secret evenkeel/hook of AWS Secrets Manager: ResourceNotFoundException");
    }

    @Test
    void aSecretOfBytesIsNone() {
        body = "{\"Name\": \"evenkeel/hook\", \"SecretBinary\": \"aGlkZGVu\"}";
        assertThatThrownBy(() -> secrets().secret("evenkeel/hook").value()).isInstanceOf(IllegalStateException.class)
                .hasMessage("secret evenkeel/hook of AWS Secrets Manager has no text");
    }
}
