package io.evenkeel.probe.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;

/**
 * Opens connections over which nothing is ever asked. To an https target TLS is agreed on first: a server ends a
 * connection without it (Elasticsearch 9.2.0 after 10.0 s), and leaves one with it alone. For many threads; blocks.
 */
public final class SilentConnector {

    /**
     * What lies between forgets a connection that is silent for 350 s (EC2, Network Load Balancer). So the kernel asks a
     * little earlier; by default it would do so after two hours.
     */
    private static final int KEEP_ALIVE_SECONDS = 300;

    private final SSLContext trust;
    private final int timeoutMillis;

    /**
     * @param timeout for the connection, and for each answer in the course of the TLS handshake
     * @throws IllegalArgumentException when the CA file can't be used
     */
    public SilentConnector(Access access, Duration timeout) {
        this.trust = TlsTrust.context(access);
        // By default 20,480 sessions are remembered, of which none is ever taken up again here.
        trust.getClientSessionContext().setSessionCacheSize(1);
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /**
     * A new connection, in non-blocking mode. What the server sends over it is of no interest.
     *
     * @param url {@code http(s)://host:port}
     * @throws IOException when there is none to be had
     */
    public SocketChannel open(URI url) throws IOException {
        boolean tls = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        var refused = new IOException("no address of " + url.getHost() + " takes a connection");
        for (var address : InetAddress.getAllByName(url.getHost())) {
            var channel = SocketChannel.open();
            try {
                channel.socket().connect(new InetSocketAddress(address, port), timeoutMillis);
                keepAlive(channel);
                if (tls) {
                    shakeHands(channel, url.getHost(), port);
                }
                channel.configureBlocking(false);
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                refused.addSuppressed(e);
            }
        }
        throw refused;
    }

    private static void keepAlive(SocketChannel channel) throws IOException {
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
        }
    }

    /** What made the handshake is forgotten: nothing is written any more, and what comes need not be understood. */
    private void shakeHands(SocketChannel channel, String host, int port) throws IOException {
        channel.socket().setSoTimeout(timeoutMillis);
        var socket = (SSLSocket) trust.getSocketFactory().createSocket(channel.socket(), host, port, false);
        socket.startHandshake();
    }
}
