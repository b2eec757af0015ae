package io.evenkeel.lab.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One request, taken apart: method, decoded parts of the path, query, body. */
record RegistryCall(String method, List<String> path, String query, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static RegistryCall of(String method, URI uri, byte[] body) {
        // Split before decoding: a subject's name may hold an encoded slash. A plus is a plus in a path.
        var path = Arrays.stream(uri.getRawPath().split("/")).filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)).toList();
        var query = uri.getRawQuery();
        return new RegistryCall(method, path, query == null ? "" : query, new String(body, StandardCharsets.UTF_8));
    }

    /** Whether the query has this name with the value true. */
    boolean flag(String name) {
        return List.of(query.split("&")).contains(name + "=true");
    }

    /** The schema of the body. */
    String schema() throws RegistryError {
        var json = json();
        var type = json.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryError.invalidSchema("type " + type + " is not supported, only AVRO is");
        }
        if (json.path("references").size() > 0) {
            throw RegistryError.invalidSchema("references are not supported");
        }
        return text(json, "schema");
    }

    /** The level of the body. */
    CompatibilityLevel level() throws RegistryError {
        try {
            return CompatibilityLevel.valueOf(text(json(), "compatibility").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw RegistryError.invalidLevel();
        }
    }

    private JsonNode json() throws RegistryError {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw RegistryError.badBody(e.getOriginalMessage());
        }
    }

    private static String text(JsonNode json, String field) throws RegistryError {
        var value = json.path(field);
        if (!value.isTextual()) {
            throw RegistryError.badBody("a text field \"" + field + "\" is expected");
        }
        return value.asText();
    }
}
