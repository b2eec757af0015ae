package io.evenkeel.probe.http;

import io.evenkeel.core.health.FailureReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * GET with a hard deadline that covers name resolution, connecting, TLS and the last byte of the body: a server that
 * dribbles can't exceed it. Never throws for what the network or the target does; what it throws is the agent's own
 * failure, and never to be taken for the target's. Connections are kept open while the process may open enough
 * {@linkplain OpenFiles files}. HttpCore reads and writes; its HttpClient above it, with pool, routes and retries, took two
 * fifths of an agent's processor time. For many threads; each call blocks its caller, so call it from virtual threads.
 */
public final class ProbeHttp implements AutoCloseable {

    private final Access access;
    private final TlsSocketStrategy tls;
    private final Connections connections;
    /** Whether each question goes over a new connection first. */
    private final boolean anew;

    /**
     * @param connectionsPerTarget connections kept to one host and port, as many as are asked at once; 0 opens one for
     *     each question and closes it after the answer
     * @throws IllegalArgumentException when the CA file can't be used
     */
    public ProbeHttp(Access access, int connectionsPerTarget) {
        this(access, TlsTrust.strategy(access),
                new Connections(connectionsPerTarget, OpenFiles.OWN::isRoomy, System::nanoTime), false);
    }

    private ProbeHttp(Access access, TlsSocketStrategy tls, Connections connections, boolean anew) {
        this.access = access;
        this.tls = tls;
        this.connections = connections;
        this.anew = anew;
    }

    /** One that asks each question over a new connection, which this one keeps if it has none; closed by this one. */
    public ProbeHttp anew() {
        return new ProbeHttp(access, tls, connections, true);
    }

    /**
     * Tells this one, in place of another, whenever the other side ends a connection kept to a url's host and port. That is
     * no failure, but a reason to look.
     *
     * @param whenDropped may be called on any thread, and must not block
     */
    public void watch(String url, Runnable whenDropped) {
        target(url).ifPresent(target -> connections.watch(target.name(), whenDropped));
    }

    /** Ends {@link #watch}, and closes what is kept, unless somebody else is told by now. */
    public void unwatch(String url, Runnable whenDropped) {
        target(url).ifPresent(target -> connections.unwatch(target.name(), whenDropped));
    }

    /** None where nobody can be asked. */
    private static Optional<Target> target(String url) {
        try {
            return Target.of(URI.create(url));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Connections that wait for their next question. */
    public int kept() {
        return connections.size();
    }

    /**
     * Asks once; once more over a new connection only when a kept-open one turned out to be dead.
     *
     * @param deadline for all of it, retry included
     * @throws IllegalStateException when the agent itself fails, or the thread is interrupted: nothing is known then
     */
    public Answer get(URI url, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        var target = Target.of(url);
        if (target.isEmpty()) {
            return new Answer.Failed(FailureReason.OTHER, Details.line("no host in " + url));
        }
        var request = request(url, target.get());
        connections.requireOpen();
        var kept = anew ? Optional.<Connection>empty() : connections.take(target.get().name());
        var answer = new Attempt(target.get(), end, deadline).ask(request, kept);
        boolean stale = kept.isPresent() && answer instanceof Answer.Failed failed
                && failed.reason() != FailureReason.READ_TIMEOUT;
        if (!stale) {
            return answer;
        }
        connections.dropped(target.get().name());
        return System.nanoTime() - end >= 0
                ? answer
                : new Attempt(target.get(), end, deadline).ask(request, Optional.empty());
    }

    @Override
    public void close() {
        connections.close();
    }

    private ClassicHttpRequest request(URI url, Target target) {
        String query = url.getRawQuery();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var request = new BasicClassicHttpRequest("GET", query == null ? path : path + "?" + query);
        request.setHeader(HttpHeaders.HOST, target.authority());
        request.setHeader(HttpHeaders.USER_AGENT, "evenkeel-probe");
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        var key = access.apiKey().get();
        if (!key.isEmpty()) {
            request.setHeader(HttpHeaders.AUTHORIZATION, "ApiKey " + key.reveal());
        }
        return request;
    }

    /** Where a url leads. */
    private record Target(boolean secure, String host, int port, String authority) {

        static Optional<Target> of(URI url) {
            if (url.getHost() == null) {
                return Optional.empty();
            }
            boolean secure = "https".equalsIgnoreCase(url.getScheme());
            int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
            return Optional.of(new Target(secure, url.getHost(), port,
                    url.getPort() >= 0 ? url.getHost() + ":" + port : url.getHost()));
        }

        String name() {
            return (secure ? "https://" : "http://") + authority;
        }
    }

    /** One try of one question. */
    private final class Attempt {

        private final Target target;
        private final long end;
        private final Duration deadline;
        private @Nullable WatchedSocket socket;
        private boolean reused;

        private Attempt(Target target, long end, Duration deadline) {
            this.target = target;
            this.end = end;
            this.deadline = deadline;
        }

        Answer ask(ClassicHttpRequest request, Optional<Connection> kept) {
            reused = kept.isPresent();
            Connection connection = null;
            try {
                connection = kept.isPresent() ? kept.get() : connect();
                return connection.ask(request, end);
            } catch (IOException | HttpException | RuntimeException e) {
                return failed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking", e);
            } finally {
                if (connection != null) {
                    connections.give(target.name(), connection);
                } else if (socket != null) {
                    closeQuietly(socket);
                }
            }
        }

        /** A name may have several addresses: the first that takes a connection counts. */
        private Connection connect() throws IOException, InterruptedException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            IOException refused = null;
            for (var address : Names.of(target.host(), end)) {
                socket = null;
                try {
                    return connect(address);
                } catch (IOException e) {
                    if (refused != null) {
                        e.addSuppressed(refused);
                    }
                    refused = e;
                    closeQuietly(socket);
                }
            }
            throw refused == null ? new IOException("no address of " + target.host()) : refused;
        }

        private Connection connect(InetAddress address) throws IOException, InterruptedException {
            var fresh = WatchedSocket.open(new InetSocketAddress(address, target.port()), end);
            socket = fresh;
            var connection = new Connection(fresh, target.secure() ? secured(fresh) : fresh);
            watch(connections, target.name(), connection);
            return connection;
        }

        private Socket secured(WatchedSocket fresh) throws IOException, InterruptedException {
            try (var turn = Handshakes.OWN.begin(end)) {
                fresh.beforeWaiting(turn::close);
                return tls.upgrade(fresh, target.host(), target.port(), null, HttpCoreContext.create());
            }
        }

        /** Holds on to no more than it needs: a connection outlives the attempt that opened it. */
        private static void watch(Connections all, String name, Connection one) {
            one.whenOver(() -> all.ended(name, one));
        }

        /** What the target did, or what it did not do in time. */
        private Answer failed(Exception e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while asking", e);
            }
            if (Failures.outOfFiles(e)) {
                throw new IllegalStateException("the agent may open no more files, raise its limit (ulimit -n)", e);
            }
            if (e instanceof IllegalStateException) {
                throw new IllegalStateException("the agent's own client can't ask", e);
            }
            boolean connected = reused || socket != null;
            var reason = Failures.classify(e, connected);
            return switch (reason) {
                case READ_TIMEOUT, CONNECT_TIMEOUT -> new Answer.Failed(
                        connected ? FailureReason.READ_TIMEOUT : FailureReason.CONNECT_TIMEOUT,
                        (connected ? "connected, but no complete answer within " : "not connected within ")
                                + deadline.toMillis() + " ms");
                default -> new Answer.Failed(reason, Details.of(e));
            };
        }

        private static void closeQuietly(@Nullable WatchedSocket open) {
            if (open == null) {
                return;
            }
            try {
                open.close();
            } catch (IOException _) {
                // It is closed all the same.
            }
        }
    }
}
