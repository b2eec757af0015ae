package io.evenkeel.channels.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.channels.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Somebody's server on loopback: answers what it is told to, and keeps what it was asked. */
public final class Receiver implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-11-22T10:20:00Z");

    /**
     * What came.
     *
     * @param headers names in lower case
     * @param text the body: all channels send UTF-8
     */
    public record Request(String method, String path, Map<String, String> headers, String text) {
        public byte[] body() {
            return text.getBytes(UTF_8);
        }

        /** Empty when there is none. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** @param cutAfter bytes of the body after which it hangs up; negative: not at all */
    public record Answer(int status, Map<String, String> headers, String body, int cutAfter) {
        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body, -1);
        }

        public Answer with(String header, String value) {
            return new Answer(status, Map.of(header, value), body, cutAfter);
        }

        public Answer cutAfter(int bytes) {
            return new Answer(status, headers, body, bytes);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Function<Request, Answer> answers;

    public Receiver(Function<Request, Answer> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static Receiver answering(int status, String body) {
        return new Receiver(_ -> Answer.of(status, body));
    }

    /** Takes a request and says nothing, until it is closed. */
    public static Receiver silent() {
        return new Receiver(_ -> Answer.of(0, ""));
    }

    /** An address where nobody listens. */
    public static String dead() {
        try (var gone = answering(200, "")) {
            return gone.url("");
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT),
                    values.getFirst()));
            var request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            requests.add(request);
            answer(exchange, answers.apply(request));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        if (answer.status() == 0) {
            closed.await();
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        var body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body, 0, answer.cutAfter() < 0 ? body.length : answer.cutAfter());
        exchange.getResponseBody().flush();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public static Secret secret(String value) {
        return new Secret("test", () -> value);
    }

    public static HttpPoster poster() {
        return poster(Duration.ofSeconds(10));
    }

    public static HttpPoster poster(Duration callTimeout) {
        return new HttpPoster(callTimeout, InstantSource.fixed(NOW));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
