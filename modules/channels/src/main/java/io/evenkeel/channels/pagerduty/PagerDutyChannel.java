package io.evenkeel.channels.pagerduty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Secret;
import io.evenkeel.channels.content.NotificationJson;
import io.evenkeel.channels.content.Texts;
import io.evenkeel.channels.http.HttpAnswer;
import io.evenkeel.channels.http.HttpCall;
import io.evenkeel.channels.http.HttpPoster;
import io.evenkeel.core.notification.Notification;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Events API v2: {@code POST /v2/enqueue}. 202 is taken, 400 refuses the event, 429 and 5xx are for later
 * (PagerDuty/api-schema, reference/events-v2/openapiv3.json, "API Response Codes &amp; Retry Logic"). One incident is one
 * {@code dedup_key}, so a repeat changes nothing.
 */
public final class PagerDutyChannel implements Channel {

    /** Service region of the United States; that of the EU is {@code https://events.eu.pagerduty.com}. */
    public static final URI BASE = URI.create("https://events.pagerduty.com");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ID = 255;

    private final String address;
    private final Secret routingKey;
    private final HttpPoster http;

    /** @param http the channel's own: it is closed with it */
    public PagerDutyChannel(URI base, Secret routingKey, HttpPoster http) {
        this.address = base.toString().replaceAll("/+$", "") + "/v2/enqueue";
        this.routingKey = routingKey;
        this.http = http;
    }

    @Override
    public Receipt send(Notification notification) {
        if (notification.kind() == Notification.Kind.HEARTBEAT) {
            return new Receipt.Refused("a pager takes no heartbeats: each would open an alert");
        }
        return http.send(() -> call(notification), PagerDutyChannel::judge);
    }

    private HttpCall call(Notification notification) {
        String key = routingKey.value().strip();
        var event = PagerDutyEvent.of(notification).put("routing_key", key);
        return HttpCall.postJson(address, Map.of(), NotificationJson.bytes(event), List.of(key));
    }

    private static Receipt judge(HttpAnswer answer) {
        return switch (answer.status()) {
            case 202 -> new Receipt.Taken(dedupKey(answer.body()));
            // A key of the wrong length or without an owner is the channel's trouble, and not this event's.
            case 400 -> answer.body().contains("routing_key") ? answer.later() : answer.refused();
            case 413 -> answer.refused();
            default -> answer.later();
        };
    }

    private static String dedupKey(String body) {
        try {
            return Texts.cut(Texts.oneLine(JSON.readTree(body).path("dedup_key").asText()), MAX_ID);
        } catch (JsonProcessingException _) {
            return "";
        }
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "PagerDuty at " + address + ", " + routingKey;
    }
}
