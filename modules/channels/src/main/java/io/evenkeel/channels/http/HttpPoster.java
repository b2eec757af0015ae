package io.evenkeel.channels.http;

import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Redactor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Calls receivers over HTTP/1.1: one try within the call time-out, from the connection to the last byte of the answer. Follows no
 * redirect: what goes to one receiver must not go to another. What it says comes from the receiver's status and body or from
 * its own words, never from an exception's message, which may quote an address. Thread-safe.
 */
public final class HttpPoster implements AutoCloseable {

    /** Bytes of an answer that are read. */
    static final int MAX_ANSWER_BYTES = 8 * 1024;

    private final HttpClient client;
    private final Duration callTimeout;
    private final InstantSource clock;

    /** @param callTimeout longest time of one call; connecting may take half of it */
    public HttpPoster(Duration callTimeout, InstantSource clock) {
        if (!callTimeout.isPositive()) {
            throw new IllegalArgumentException("call time-out must be over 0, was " + callTimeout);
        }
        this.callTimeout = callTimeout;
        this.clock = clock;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(callTimeout.dividedBy(2)).build();
    }

    /**
     * @param prepared makes the call; an {@link IllegalStateException} of a secret that can't be read becomes Later
     * @param judge of answers that no channel understands otherwise: not 429, not 3xx, not 5xx, which are Later
     */
    public Receipt send(Supplier<HttpCall> prepared, Function<HttpAnswer, Receipt> judge) {
        HttpCall call;
        try {
            call = prepared.get();
        } catch (IllegalStateException e) {
            return new Receipt.Later("no key: " + e.getMessage(), Optional.empty());
        }
        try {
            var answer = exchange(call);
            boolean forNow = answer.status() == 429 || answer.status() == 408 || answer.status() >= 500
                    || answer.status() / 100 == 3;
            return forNow ? answer.later() : judge.apply(answer);
        } catch (URISyntaxException | IllegalArgumentException _) {
            return later("the address is no http or https URL");
        } catch (TimeoutException _) {
            return later("no answer within " + callTimeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return later(said(Objects.requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return later("interrupted");
        }
    }

    private HttpAnswer exchange(HttpCall call)
            throws URISyntaxException, InterruptedException, ExecutionException, TimeoutException {
        var request = HttpRequest.newBuilder(call.uri()).header("User-Agent", "evenkeel");
        call.headers().forEach(request::header);
        request.method(call.method(), call.body().length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        // The request's own time-out ends with the headers; this one has the body in it too.
        CompletableFuture<HttpResponse<String>> running = client.sendAsync(request.build(),
                _ -> new BoundedBody(MAX_ANSWER_BYTES));
        try {
            return answer(running.get(callTimeout.toNanos(), TimeUnit.NANOSECONDS), Redactor.of(call.secrets()));
        } finally {
            var _ = running.cancel(true);
        }
    }

    private HttpAnswer answer(HttpResponse<String> response, Redactor redactor) {
        var retryAfter = response.headers().firstValue("Retry-After")
                .flatMap(value -> RetryAfter.of(value, clock.instant()));
        String body = redactor.redacted(response.body());
        return new HttpAnswer(response.statusCode(), body,
                redactor.detail("HTTP " + response.statusCode() + ": " + body), retryAfter);
    }

    private String said(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host's name is not known";
            }
        }
        return switch (failure) {
            case HttpConnectTimeoutException _ -> "no connection within " + callTimeout.dividedBy(2).toMillis() + " ms";
            case HttpTimeoutException _ -> "no answer within " + callTimeout.toMillis() + " ms";
            case ConnectException _ -> "connection refused";
            case SSLException _ -> "no TLS connection: " + failure.getClass().getSimpleName();
            case IOException _ -> "the connection broke: " + failure.getClass().getSimpleName();
            default -> "failed: " + failure.getClass().getSimpleName();
        };
    }

    private static Receipt later(String detail) {
        return new Receipt.Later(detail, Optional.empty());
    }

    /** Calls that run end at once. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
