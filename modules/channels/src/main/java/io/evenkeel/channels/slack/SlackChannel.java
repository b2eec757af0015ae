package io.evenkeel.channels.slack;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Secret;
import io.evenkeel.channels.content.NotificationJson;
import io.evenkeel.channels.http.HttpAnswer;
import io.evenkeel.channels.http.HttpCall;
import io.evenkeel.channels.http.HttpPoster;
import io.evenkeel.core.notification.Notification;
import java.util.List;
import java.util.Map;

/**
 * An incoming webhook of Slack, or of what speaks like it. Taken is 200 with the body {@code ok}: a proxy's page with 200
 * is not. 400 says that the message can't be taken; 403, 404 and 410 say that the webhook, the channel or the team is not
 * there, which is the channel's trouble (Slack changelog 2016-05-17, "Improving error conditions for Incoming Webhooks").
 */
public final class SlackChannel implements Channel {

    private final Secret url;
    private final HttpPoster http;

    /** @param http the channel's own: it is closed with it */
    public SlackChannel(Secret url, HttpPoster http) {
        this.url = url;
        this.http = http;
    }

    @Override
    public Receipt send(Notification notification) {
        return http.send(() -> {
            String address = url.value();
            return HttpCall.postJson(address, Map.of(), NotificationJson.bytes(SlackMessage.of(notification)),
                    List.of(address));
        }, SlackChannel::judge);
    }

    private static Receipt judge(HttpAnswer answer) {
        return switch (answer.status()) {
            case 200 -> answer.body().strip().equals("ok") ? new Receipt.Taken("") : answer.later();
            case 400 -> answer.body().contains("user_not_found") ? answer.later() : answer.refused();
            case 413 -> answer.refused();
            default -> answer.later();
        };
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "Slack, " + url;
    }
}
