package io.evenkeel.channels.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.notification.Notification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * A notification for programs, version {@value #VERSION}: fields are added, never changed, without a new version. Times
 * are ISO 8601 in UTC, to the millisecond. docs/channels.md has the fields.
 */
public final class NotificationJson {

    public static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_NAME = 255;
    private static final int MAX_LABELS = 20;
    private static final int LINES = 64;
    private static final int LINE_LENGTH = 4096;

    private NotificationJson() {}

    /** Of at most so many bytes: lines of alerts are shortened and left out until it fits. */
    public static ObjectNode fitting(Notification notification, int maxBytes) {
        int lines = LINES;
        int lineLength = LINE_LENGTH;
        var json = of(notification, lines, lineLength);
        while (lines > 0 && bytes(json).length > maxBytes) {
            lines /= 2;
            lineLength /= 2;
            json = of(notification, lines, lineLength);
        }
        return json;
    }

    public static byte[] bytes(ObjectNode json) {
        return text(json).getBytes(UTF_8);
    }

    public static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }

    private static ObjectNode of(Notification notification, int lines, int lineLength) {
        var json = JSON.createObjectNode();
        json.put("version", VERSION).put("id", notification.id()).put("incident", notification.incident())
                .put("sequence", notification.sequence()).put("kind", notification.kind().name())
                .put("severity", notification.severity().label()).put("title", notification.title())
                .put("firing", notification.firing()).put("resolved", notification.resolved())
                .put("acknowledgedBy", notification.by()).put("since", time(notification.since()))
                .put("at", time(notification.at()));
        json.set("labels", labels(notification.labels()));
        var alerts = json.putArray("alerts");
        notification.alerts().forEach(alert -> alerts.add(alert(alert, lines, lineLength)));
        var links = json.putArray("links");
        notification.links().forEach(link -> links.addObject().put("text", link.text()).put("url", link.url()));
        var next = json.putArray("next");
        Commands.next(notification).forEach(next::add);
        return json;
    }

    private static ObjectNode alert(Alert alert, int lines, int lineLength) {
        var json = JSON.createObjectNode();
        json.put("key", Texts.cut(alert.key(), MAX_NAME)).put("sequence", alert.sequence())
                .put("status", alert.status().name()).put("severity", alert.severity().label())
                .put("subject", Texts.cut(alert.subject(), MAX_NAME)).put("title", alert.title())
                .put("since", time(alert.since())).put("at", time(alert.at()));
        json.set("labels", labels(alert.labels()));
        var array = json.putArray("lines");
        alert.lines().stream().limit(lines).map(line -> Texts.oneLine(Texts.cut(line, lineLength))).forEach(array::add);
        if (alert.lines().size() > lines) {
            json.put("linesLeftOut", alert.lines().size() - lines);
        }
        return json;
    }

    private static ObjectNode labels(Map<String, String> labels) {
        var json = JSON.createObjectNode();
        labels.entrySet().stream().limit(MAX_LABELS)
                .forEach(label -> json.put(Texts.cut(label.getKey(), MAX_NAME),
                        Texts.cut(label.getValue(), MAX_NAME)));
        return json;
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
