package io.evenkeel.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.probe.testing.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SilentConnectorTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    static Path folder;

    @Test
    void toAnHttpsTargetTlsIsAgreedOnAndTheConnectionStaysOpen() throws Exception {
        var certificate = Certificate.make(folder, "here", "ip:127.0.0.1");
        var connector = new SilentConnector(new Access(() -> Secret.NONE, certificate.pem(), true), TIMEOUT);
        try (var listener = (SSLServerSocket) certificate.serving().getServerSocketFactory().createServerSocket(0, 5,
                InetAddress.getLoopbackAddress())) {
            var accepted = new SSLSocket[1];
            var serving = Thread.ofPlatform().start(() -> {
                try {
                    accepted[0] = (SSLSocket) listener.accept();
                    accepted[0].startHandshake();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            try (var channel = connector.open(URI.create("https://127.0.0.1:" + listener.getLocalPort()))) {
                serving.join();
                assertThat(channel.isBlocking()).isFalse();
                // What made the handshake is garbage by now, and must not take the connection with it.
                System.gc();
                assertThat(readAll(channel)).isFalse();

                accepted[0].setSoLinger(true, 0);
                accepted[0].close();

                assertThatThrownBy(() -> {
                    while (!readAll(channel)) {
                        Thread.onSpinWait();
                    }
                    throw new IOException("ended");
                }).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void anUntrustedCertificateGetsNoConnection() throws Exception {
        var certificate = Certificate.make(folder, "unknown", "ip:127.0.0.1");
        var connector = new SilentConnector(Access.OPEN, TIMEOUT);
        try (var listener = (SSLServerSocket) certificate.serving().getServerSocketFactory().createServerSocket(0, 5,
                InetAddress.getLoopbackAddress())) {
            var serving = Thread.ofVirtual().start(() -> {
                try (var socket = (SSLSocket) listener.accept()) {
                    socket.startHandshake();
                } catch (IOException _) {
                    // The client does not trust it.
                }
            });

            assertThatThrownBy(() -> connector.open(URI.create("https://127.0.0.1:" + listener.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .satisfies(
                            failure -> assertThat(failure.getSuppressed()).hasOnlyElementsOfType(SSLException.class));
            serving.join();
        }
    }

    /** Reads what is there; true at the end of the stream. */
    private static boolean readAll(SocketChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(16_384);
        int read = channel.read(buffer);
        while (read > 0) {
            buffer.clear();
            read = channel.read(buffer);
        }
        return read < 0;
    }
}
