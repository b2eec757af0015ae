package io.evenkeel.lab.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds out which service and operation an HTTP request means. */
final class RequestReader {
    private static final Pattern SCOPE = Pattern
            .compile("Credential=[^/,]+/\\d{8}/(?<region>[^/,]+)/(?<service>[^/,]+)/aws4_request");
    /** The links in SNS's messages are followed without credentials. */
    private static final Set<String> UNSIGNED = Set.of("ConfirmSubscription", "Unsubscribe");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_JOURNAL_VALUE = 300;

    private RequestReader() {}

    /** @throws AwsFault for a request that is not signed or whose service the lab does not have */
    static AwsRequest read(HttpExchange exchange, String body, String requestId) {
        var parameters = urlParameters(exchange);
        var scope = SCOPE.matcher(header(exchange, "Authorization"));
        if (!scope.find()) {
            if (UNSIGNED.contains(parameters.getOrDefault("Action", ""))) {
                return request(AwsService.SNS, exchange, parameters, body, "us-east-1", requestId);
            }
            throw new AwsFault(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        }
        var name = scope.group("service");
        var service = AwsService.ofScope(name).orElseThrow(() -> new AwsFault(400, "InvalidAction",
                "The service " + name + " is not part of the lab's endpoint."));
        return request(service, exchange, parameters, body, scope.group("region"), requestId);
    }

    /** How an error is to look when the service is not known: JSON for a JSON call, else XML. */
    static AwsService.Protocol protocol(HttpExchange exchange) {
        return header(exchange, "X-Amz-Target").isEmpty() ? AwsService.Protocol.QUERY : AwsService.Protocol.JSON;
    }

    private static AwsRequest request(AwsService service, HttpExchange exchange, Map<String, String> parameters,
            String body, String region, String requestId) {
        var path = exchange.getRequestURI().getPath();
        var action = switch (service.protocol()) {
            case QUERY -> {
                decodeForm(body, parameters);
                yield parameters.getOrDefault("Action", "");
            }
            case REST_XML -> Route53Routes.action(exchange.getRequestMethod(), path);
            case JSON -> {
                var target = header(exchange, "X-Amz-Target");
                yield target.substring(target.indexOf('.') + 1);
            }
        };
        return new AwsRequest(service, action, path, parameters, body, region, requestId);
    }

    private static Map<String, String> urlParameters(HttpExchange exchange) {
        var parameters = new LinkedHashMap<String, String>();
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).ifPresent(query -> decodeForm(query, parameters));
        return parameters;
    }

    private static void decodeForm(String form, Map<String, String> into) {
        for (var pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                into.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AwsFault(400, "MalformedQueryString", "The query string contains a syntax error");
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    /** The call's content for the journal: every leaf by its path. */
    static Map<String, String> leaves(AwsRequest request) {
        var leaves = new TreeMap<>(request.parameters());
        leaves.remove("Action");
        leaves.remove("Version");
        switch (request.service().protocol()) {
            case QUERY -> {
                // the parameters are all there is
            }
            case REST_XML -> {
                leaves.put("Path", request.path());
                if (!request.body().isEmpty()) {
                    XmlNode.parse(request.body()).flattenInto(leaves, "");
                }
            }
            case JSON -> flatten(json(request.body()), "", leaves);
        }
        leaves.replaceAll((_, value) -> value.length() > MAX_JOURNAL_VALUE
                ? value.substring(0, MAX_JOURNAL_VALUE) + "…"
                : value);
        return leaves;
    }

    /** @throws AwsFault if the body is no JSON */
    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AwsFault(400, "SerializationException", "The request body is no JSON");
        }
    }

    private static void flatten(JsonNode node, String path, Map<String, String> leaves) {
        if (node.isValueNode()) {
            leaves.put(path, node.asText());
            return;
        }
        node.properties().forEach(
                field -> flatten(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                        leaves));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            flatten(node.get(i), path + "." + (i + 1), leaves);
        }
    }
}
