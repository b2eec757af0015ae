package io.evenkeel.dashboard.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request says: texts by key, from a JSON object or a query; or what is wrong with it. */
sealed interface Input {

    /**
     * All that must be there is there, and nothing else than what may be.
     *
     * @param texts one line each, without space around it
     */
    record Given(Map<String, String> texts) implements Input {

        /** Of a key that must be there. */
        String text(String key) {
            return text(key, "");
        }

        String text(String key, String fallback) {
            return texts.getOrDefault(key, fallback);
        }

        Optional<String> optional(String key) {
            return Optional.ofNullable(texts.get(key));
        }
    }

    /** @param hint what to do about it */
    record Wrong(String error, String hint) implements Input {}

    /** Keys that must be there, and such as may. */
    record Keys(List<String> required, List<String> optional) {

        private String all() {
            return String.join(", ", required) + (required.isEmpty() || optional.isEmpty() ? "" : ", ")
                    + String.join(", ", optional);
        }

        private Input check(Map<String, String> texts) {
            for (var entry : texts.entrySet()) {
                String key = entry.getKey();
                if (!required.contains(key) && !optional.contains(key)) {
                    return new Wrong("'" + shown(key) + "' is not a key here", all().isEmpty()
                            ? "there are none"
                            : "allowed: " + all());
                }
                if (entry.getValue().length() > LONGEST || entry.getValue().chars().anyMatch(Character::isISOControl)) {
                    return new Wrong("'" + key + "' must be one line of at most " + LONGEST
                            + " characters, without control characters", "shorten it");
                }
            }
            for (String key : required) {
                if (texts.getOrDefault(key, "").isEmpty()) {
                    return new Wrong("'" + key + "' is missing", "needed: " + String.join(", ", required));
                }
            }
            return new Given(texts);
        }
    }

    /** Of one text: it is shown to people, in pages and in logs. */
    int LONGEST = 1_000;

    ObjectMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    static Input ofJson(String body, Keys keys) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            var place = malformed.getLocation();
            return new Wrong("the body is no JSON" + (place == null
                    ? ""
                    : ", at line " + place.getLineNr() + ", column " + place.getColumnNr()),
                    "send an object with " + keys.all());
        }
        if (!node.isObject()) {
            return new Wrong("the body must be a JSON object", "send an object with " + keys.all());
        }
        var texts = new LinkedHashMap<String, String>();
        for (var field : node.properties()) {
            if (!field.getValue().isTextual()) {
                return new Wrong("'" + shown(field.getKey()) + "' must be a text", "write it in double quotes");
            }
            texts.put(field.getKey(), field.getValue().textValue().strip());
        }
        return keys.check(texts);
    }

    /** @param query as it stands in the address; empty for none */
    static Input ofQuery(String query, Keys keys) {
        var texts = new LinkedHashMap<String, String>();
        for (String part : query.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            try {
                String key = decoded(equals < 0 ? part : part.substring(0, equals));
                if (texts.put(key, equals < 0 ? "" : decoded(part.substring(equals + 1)).strip()) != null) {
                    return new Wrong("'" + shown(key) + "' is there twice", "say it once");
                }
            } catch (IllegalArgumentException malformed) {
                return new Wrong("the query is not percent-encoded", "write % as %25, and & in a value as %26");
            }
        }
        return keys.check(texts);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    /** A stranger's key, as far as it is worth showing. */
    private static String shown(String key) {
        return key.substring(0, Math.min(key.length(), 64)).replaceAll("\\p{Cntrl}", "?");
    }
}
