package io.evenkeel.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A pager that speaks PagerDuty's Events API v2, and refuses what that would refuse. Thread-safe.
 *
 * @see <a href="https://developer.pagerduty.com/docs/events-api-v2/trigger-events/">trigger events</a>
 */
public final class LabPager {

    /** 32 characters, as routing keys are. */
    static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

    private final List<Page> pages = new CopyOnWriteArrayList<>();

    /**
     * @param action trigger, acknowledge or resolve
     * @param key of the incident
     * @param summary empty but for a trigger
     */
    public record Page(String action, String key, String severity, String summary) {}

    /** All so far, in order. */
    public List<Page> pages() {
        return List.copyOf(pages);
    }

    void onEvent(HttpExchange exchange) throws IOException {
        var wrong = taken(exchange);
        LabReceiver.answer(exchange, wrong.isEmpty() ? 202 : 400, JSON.writeValueAsString(wrong.isEmpty()
                ? java.util.Map.of("status", "success", "message", "Event processed", "dedup_key",
                        pages.getLast().key())
                : java.util.Map.of("status", "invalid event", "message", "Event object is invalid", "errors",
                        List.of(wrong))));
    }

    /** What is wrong with it; empty when it was taken. */
    private String taken(HttpExchange exchange) throws IOException {
        JsonNode event;
        try {
            event = JSON.readTree(exchange.getRequestBody());
        } catch (JsonProcessingException e) {
            return "no JSON";
        }
        String action = event.path("event_action").asText();
        var payload = event.path("payload");
        if (!event.path("routing_key").asText().equals(ROUTING_KEY)) {
            return "'routing_key' is unknown";
        }
        if (!ACTIONS.contains(action) || event.path("dedup_key").asText().isEmpty()
                || event.path("dedup_key").asText().length() > 255) {
            return "'event_action' or 'dedup_key' is wrong";
        }
        if (action.equals("trigger") && (payload.path("summary").asText().isEmpty()
                || payload.path("summary").asText().length() > 1024 || payload.path("source").asText().isEmpty()
                || !SEVERITIES.contains(payload.path("severity").asText()))) {
            return "'payload' lacks a summary, a source or a severity";
        }
        pages.add(new Page(action, event.path("dedup_key").asText(), payload.path("severity").asText(),
                payload.path("summary").asText()));
        return "";
    }
}
