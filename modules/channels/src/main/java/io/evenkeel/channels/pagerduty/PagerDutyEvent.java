package io.evenkeel.channels.pagerduty;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.channels.content.Content;
import io.evenkeel.channels.content.Digest;
import io.evenkeel.channels.content.Facets;
import io.evenkeel.channels.content.NotificationJson;
import io.evenkeel.channels.content.Texts;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.notification.Notification;

/**
 * An event in the form of Events API v2, without the routing key. Fields and answers: PagerDuty/api-schema,
 * reference/events-v2/openapiv3.json; lengths: PagerDuty's pages "Send an Alert Event" and "PD-CEF".
 */
final class PagerDutyEvent {

    static final int MAX_DEDUP_KEY = 255;
    static final int MAX_SUMMARY = 1024;
    /** The limit is 512 KB for the whole event; the rest of it is small. */
    static final int MAX_DETAILS_BYTES = 490_000;

    private static final int MAX_FIELD = 255;
    private static final ObjectMapper JSON = new ObjectMapper();

    private PagerDutyEvent() {}

    /** Kinds that mean trouble trigger; one more trigger of an open alert is added to it and pages nobody again. */
    static ObjectNode of(Notification notification) {
        return switch (notification.kind()) {
            case FIRING, UPDATED, REMINDER, ESCALATED, TEST, HEARTBEAT -> triggering(notification);
            case ACKNOWLEDGED -> event(notification, "acknowledge");
            case RESOLVED -> event(notification, "resolve");
        };
    }

    /** The same for all notifications of an incident. */
    static String dedupKey(Notification notification) {
        return Digest.shortened(notification.incident(), MAX_DEDUP_KEY);
    }

    private static ObjectNode event(Notification notification, String action) {
        return JSON.createObjectNode().put("event_action", action).put("dedup_key", dedupKey(notification));
    }

    private static ObjectNode triggering(Notification notification) {
        var event = event(notification, "trigger").put("client", "evenkeel");
        var payload = event.putObject("payload");
        payload.put("summary", Texts.cut(Content.of(notification).headline(), MAX_SUMMARY))
                .put("source", source(notification)).put("severity", severity(notification.severity()))
                .put("timestamp", notification.at().toString());
        putUnlessEmpty(payload, "component", Facets.text(notification, Labels.NODE));
        putUnlessEmpty(payload, "group", Facets.text(notification, Labels.CLUSTER));
        putUnlessEmpty(payload, "class", Facets.text(notification, Labels.NAME));
        var links = event.putArray("links");
        notification.links().forEach(link -> links.addObject().put("href", link.url()).put("text", link.text()));
        payload.set("custom_details", NotificationJson.fitting(notification, MAX_DETAILS_BYTES));
        return event;
    }

    private static String source(Notification notification) {
        return notification.alerts().stream().map(alert -> Texts.cut(Texts.oneLine(alert.subject()), MAX_FIELD))
                .filter(subject -> !subject.isEmpty()).findFirst().orElse("evenkeel");
    }

    private static void putUnlessEmpty(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, Texts.cut(value, MAX_FIELD));
        }
    }

    private static String severity(Alert.Severity severity) {
        return switch (severity) {
            case PAGE -> "critical";
            case WARN -> "warning";
            case INFO -> "info";
        };
    }
}
