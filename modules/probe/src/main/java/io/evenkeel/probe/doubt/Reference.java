package io.evenkeel.probe.doubt;

import io.evenkeel.core.health.FailureReason;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.Answer;
import io.evenkeel.probe.http.ProbeHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks addresses that have nothing to do with any cluster for a sign of life. For many threads. */
public final class Reference implements AutoCloseable {

    /** Somebody spoke, if not as expected. */
    private static final Set<FailureReason> SIGNS_OF_LIFE = EnumSet.of(FailureReason.TLS, FailureReason.BODY_MISMATCH);

    private final ProbeHttp http = new ProbeHttp(Access.OPEN, 1);

    /**
     * What an address may be.
     *
     * @return {@code http(s)://host[:port][/path]} or {@code tcp://host:port}
     * @throws IllegalArgumentException when it is neither
     */
    public static URI address(String text) {
        var url = URI.create(text);
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        boolean tcp = "tcp".equalsIgnoreCase(url.getScheme()) && url.getPort() > 0;
        if (url.getHost() == null || !(web || tcp)) {
            throw new IllegalArgumentException(
                    "must be http://host, https://host or tcp://host:port, was '" + text + "'");
        }
        return url;
    }

    /** Whether it answers at all: over HTTP with any status, over TCP with a connection. */
    public boolean answers(URI address, Duration timeout) {
        if ("tcp".equalsIgnoreCase(address.getScheme())) {
            return connects(address, timeout);
        }
        return switch (http.get(address, timeout)) {
            case Answer.Response _ -> true;
            case Answer.Failed(var reason, _) -> SIGNS_OF_LIFE.contains(reason);
        };
    }

    @Override
    public void close() {
        http.close();
    }

    /** On a thread of its own, since nothing can interrupt a name resolution: at the deadline it is left behind. */
    private static boolean connects(URI address, Duration timeout) {
        var connected = new CompletableFuture<Boolean>();
        Thread.ofVirtual().name("reference").start(() -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) timeout.toMillis());
                connected.complete(true);
            } catch (IOException | RuntimeException _) {
                connected.complete(false);
            }
        });
        try {
            return connected.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the agent itself failed while asking", e.getCause());
        }
    }
}
