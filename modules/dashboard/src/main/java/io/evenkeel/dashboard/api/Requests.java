package io.evenkeel.dashboard.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.evenkeel.dashboard.api.Endpoints.Endpoint;
import io.evenkeel.events.kafka.NotAcknowledgedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to its answer: who it is, what there is, what is allowed, what was sent; in this order. */
final class Requests {

    /** Of a body; a silence needs a few hundred. */
    static final int MOST_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([!-~]+) *");
    private static final Pattern JSON = Pattern.compile("application/json *(; *charset *= *\"?utf-8\"? *)?");

    private final Tokens tokens;
    private final Endpoints endpoints;

    Requests(Tokens tokens, Endpoints endpoints) {
        this.tokens = tokens;
        this.endpoints = endpoints;
    }

    /** Always an answer, but where the other side is gone. */
    Answer answer(HttpExchange exchange) throws IOException {
        try {
            var caller = bearer(exchange).flatMap(tokens::owner);
            return caller.isEmpty() ? unknown() : answer(exchange, caller.get());
        } catch (NotAcknowledgedException refused) {
            LOG.atWarn().addKeyValue("remote", remote(exchange)).addKeyValue("error", refused.getMessage())
                    .log("what was said does not hold");
            return Answer.error(503, String.valueOf(refused.getMessage()), "say it again");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Answer.error(503, "evenkeel serve ends; whether it holds is not known", "ask again");
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("method", exchange.getRequestMethod())
                    .addKeyValue("path", exchange.getRequestURI().getPath()).log("request failed");
            return Answer.error(500, "a failure of evenkeel's own", "the log of 'evenkeel serve' says more");
        }
    }

    private static Answer unknown() {
        return Answer.error(401, "a token is needed", "send the header Authorization: Bearer TOKEN")
                .with("WWW-Authenticate", "Bearer");
    }

    private Answer answer(HttpExchange exchange, Token caller) throws IOException, InterruptedException {
        String method = exchange.getRequestMethod();
        var methods = endpoints.of(String.valueOf(exchange.getRequestURI().getPath()));
        if (methods.isEmpty()) {
            return Answer.error(404, "there is nothing at this path",
                    "there is: " + String.join(", ", endpoints.paths()));
        }
        var endpoint = methods.get(method);
        if (endpoint == null) {
            String allowed = String.join(", ", methods.keySet());
            return Answer.error(405, "this method is not for this path", "allowed: " + allowed).with("Allow", allowed);
        }
        if (endpoint.access() == Access.OPERATE && caller.access() != Access.OPERATE) {
            return Answer.error(403, "this token may look and say nothing", "use one with access: operate");
        }
        return answer(exchange, caller, endpoint);
    }

    private static Answer answer(HttpExchange exchange, Token caller, Endpoint endpoint)
            throws IOException, InterruptedException {
        String text = "";
        if (endpoint.takesBody()) {
            String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
            if (!JSON.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
                return Answer.error(415, "the body must be JSON in UTF-8",
                        "send the header Content-Type: application/json");
            }
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                return Answer.error(413, "the body is too large", "at most " + MOST_BYTES + " bytes");
            }
            try {
                text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            } catch (CharacterCodingException malformed) {
                return Answer.error(400, "the body is no text in UTF-8");
            }
        }
        String query = exchange.getRequestURI().getRawQuery();
        return endpoint.handler().answer(new Call(caller, query == null ? "" : query, text, remote(exchange)));
    }

    /** The token that a request came with; empty for none, for several, and for what can be none. */
    private static Optional<String> bearer(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        if (headers.size() != 1) {
            return Optional.empty();
        }
        var bearer = BEARER.matcher(headers.getFirst());
        return bearer.matches() ? Optional.of(bearer.group(1)) : Optional.empty();
    }

    private static String remote(HttpExchange exchange) {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }
}
