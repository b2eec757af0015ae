package io.evenkeel.probe.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.health.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;

/**
 * GET with a hard deadline that covers name resolution, connecting, TLS and the last byte of the body: a server that
 * dribbles can't exceed it. Never throws for what the network or the target does; what it throws is the agent's own
 * failure, and never to be taken for the target's. Connections are kept open while the process may open enough
 * {@linkplain OpenFiles files}, unless made {@linkplain #overNewConnections without}. For many threads; each call blocks its caller, so call it from virtual threads.
 */
public final class ProbeHttp implements AutoCloseable {

    /** Bodies beyond this are cut off as no answer: what is asked for here is far smaller. */
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    /** Questions to one target at once, where no connection is kept; one that was given up may still be ending. */
    private static final int AT_ONCE = 4;

    private final Access access;
    private final Connections connections;

    /**
     * @param connectionsPerTarget connections kept to one host and port, at least as many as are asked at once
     * @throws IllegalArgumentException when the CA file can't be used
     */
    public ProbeHttp(Access access, int connectionsPerTarget) {
        this(access, Connections.open(TlsTrust.strategy(access), connectionsPerTarget, OpenFiles.OWN::isRoomy));
    }

    private ProbeHttp(Access access, Connections connections) {
        this.access = access;
        this.connections = connections;
    }

    /**
     * One that asks each question over a new connection and closes it after the answer.
     *
     * @throws IllegalArgumentException when the CA file can't be used
     */
    public static ProbeHttp overNewConnections(Access access) {
        return new ProbeHttp(access, Connections.open(TlsTrust.strategy(access), AT_ONCE, () -> false));
    }

    /**
     * Asks once; once more over a new connection only when a kept-open one turned out to be dead.
     *
     * @param deadline for all of it, retry included
     * @throws IllegalStateException when the agent itself fails, or the thread is interrupted: nothing is known then
     */
    public Answer get(URI url, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            var attempt = new Attempt(new HttpGet(url));
            var answer = attempt(attempt, end, deadline);
            // Each turn uses up one kept-open connection, so the last turn goes over a new one.
            boolean stale = attempt.reusedConnection() && answer instanceof Answer.Failed failed
                    && failed.reason() != FailureReason.READ_TIMEOUT;
            if (!stale || System.nanoTime() - end >= 0) {
                return answer;
            }
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private Answer attempt(Attempt attempt, long end, Duration deadline) {
        var key = access.apiKey().get();
        var done = new CompletableFuture<Answer>();
        // A thread of its own, since nothing can interrupt a name resolution: at the deadline it is left behind.
        Thread.ofVirtual().name("probe-http").start(() -> ScopedValue.where(Attempt.CURRENT, attempt)
                .run(() -> settle(done, () -> ask(attempt, key, end, deadline))));
        try {
            return done.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            attempt.abort();
            return late(attempt, deadline);
        } catch (InterruptedException e) {
            attempt.abort();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the agent itself failed while asking", e.getCause());
        }
    }

    /** An Error is the agent's own (no memory, a class missing): it must not pass for silence of the target. */
    private static void settle(CompletableFuture<Answer> done, Supplier<Answer> question) {
        try {
            done.complete(question.get());
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    private Answer ask(Attempt attempt, Secret key, long end, Duration deadline) {
        try {
            var request = attempt.request();
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            // A little more than what is left, so that it is the deadline that speaks.
            request.setConfig(Connections.within(Timeout.ofMilliseconds(Math.max(1, leftMillis + 50))));
            request.setHeader(HttpHeaders.ACCEPT, "application/json");
            if (!key.isEmpty()) {
                request.setHeader(HttpHeaders.AUTHORIZATION, "ApiKey " + key.reveal());
            }
            return connections.execute(request, ProbeHttp::response);
        } catch (IllegalStateException e) {
            throw new IllegalStateException("the agent's own client can't ask", e);
        } catch (IOException | RuntimeException e) {
            if (Failures.outOfFiles(e)) {
                throw new IllegalStateException("the agent may open no more files, raise its limit (ulimit -n)", e);
            }
            // RuntimeException too: a url that HttpClient refuses is a result.
            var reason = Failures.classify(e, attempt.connected());
            return reason == FailureReason.READ_TIMEOUT || reason == FailureReason.CONNECT_TIMEOUT
                    ? late(attempt, deadline)
                    : new Answer.Failed(reason, Details.of(e));
        }
    }

    private static Answer response(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        byte[] body = entity == null ? null : EntityUtils.toByteArray(entity, MAX_BODY_BYTES);
        return new Answer.Response(response.getCode(), body == null ? "" : new String(body, UTF_8));
    }

    private static Answer late(Attempt attempt, Duration deadline) {
        return attempt.connected()
                ? new Answer.Failed(FailureReason.READ_TIMEOUT,
                        "connected, but no complete answer within " + deadline.toMillis() + " ms")
                : new Answer.Failed(FailureReason.CONNECT_TIMEOUT,
                        "not connected within " + deadline.toMillis() + " ms");
    }
}
