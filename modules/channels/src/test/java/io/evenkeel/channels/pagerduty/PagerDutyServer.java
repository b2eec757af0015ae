package io.evenkeel.channels.pagerduty;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.channels.http.Receiver.Request;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** As strict as Events API v2 says it is. */
final class PagerDutyServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PagerDutyServer() {}

    static Answer answer(Request request) {
        if (!request.method().equals("POST") || !request.path().equals("/v2/enqueue")) {
            return Answer.of(404, "");
        }
        if (request.body().length > 512 * 1024) {
            return Answer.of(413, "");
        }
        try {
            var event = JSON.readTree(request.text());
            var errors = errors(event, request.headers().getOrDefault("content-type", ""));
            return errors.isEmpty()
                    ? Answer.of(202, "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":"
                            + event.path("dedup_key") + "}")
                    : Answer.of(400, "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":"
                            + JSON.valueToTree(errors) + "}");
        } catch (JsonProcessingException _) {
            return Answer.of(400, "{\"status\":\"Unrecognized object\",\"message\":\"JSON parse error\"}");
        }
    }

    private static List<String> errors(JsonNode event, String type) {
        var errors = new ArrayList<String>();
        need(errors, type.startsWith("application/json"), "content type");
        need(errors, event.path("routing_key").asText().length() == 32,
                "Length of 'routing_key' is incorrect (should be 32 characters)");
        String action = event.path("event_action").asText();
        need(errors, Set.of("trigger", "acknowledge", "resolve").contains(action), "'event_action' is invalid");
        String dedup = event.path("dedup_key").asText();
        need(errors, dedup.getBytes(UTF_8).length <= 255, "'dedup_key' is too long");
        need(errors, action.equals("trigger") || !dedup.isEmpty(), "'dedup_key' is missing");
        if (action.equals("trigger")) {
            payload(errors, event.path("payload"));
            for (var link : event.path("links")) {
                need(errors, link.path("href").asText().startsWith("https://") && link.path("text").isTextual(),
                        "'links' is invalid");
            }
        }
        return errors;
    }

    private static void payload(List<String> errors, JsonNode payload) {
        String summary = payload.path("summary").asText();
        need(errors, !summary.isEmpty() && summary.length() <= 1024,
                "'payload.summary' is missing or blank or too long");
        need(errors, !payload.path("source").asText().isEmpty(), "'payload.source' is missing or blank");
        need(errors, Set.of("critical", "error", "warning", "info").contains(payload.path("severity").asText()),
                "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')");
        need(errors, payload.path("custom_details").isObject(), "'payload.custom_details' is no object");
        try {
            var _ = OffsetDateTime.parse(payload.path("timestamp").asText());
        } catch (DateTimeParseException _) {
            errors.add("'payload.timestamp' is invalid");
        }
    }

    private static void need(List<String> errors, boolean holds, String error) {
        if (!holds) {
            errors.add(error);
        }
    }
}
