package io.evenkeel.actions.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.core.cluster.ClusterId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers what it was told to, in order, and keeps what it was asked: "METHOD path?query body" with the body decoded. */
final class FakeAws implements AutoCloseable {

    static final ClusterId PRIMARY = new ClusterId("primary");
    static final ClusterId STANDBY = new ClusterId("standby");

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    FakeAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var form = "application/x-www-form-urlencoded".equals(type(exchange))
                    ? URLDecoder.decode(body, UTF_8)
                    : body;
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + form);
            var answer = answers.isEmpty() ? new Answer(599, "") : answers.removeFirst();
            var bytes = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String type(HttpExchange exchange) {
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        return type == null ? "" : type.split(";", 2)[0];
    }

    synchronized FakeAws answers(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** An error of the Query and REST-XML protocols. */
    FakeAws fails(int status, String code, String message) {
        return answers(status, "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
                + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
