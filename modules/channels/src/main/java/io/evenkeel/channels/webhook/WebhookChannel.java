package io.evenkeel.channels.webhook;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Secret;
import io.evenkeel.channels.content.Content;
import io.evenkeel.channels.content.NotificationJson;
import io.evenkeel.channels.content.PlainText;
import io.evenkeel.channels.content.Texts;
import io.evenkeel.channels.http.HttpAnswer;
import io.evenkeel.channels.http.HttpCall;
import io.evenkeel.channels.http.HttpPoster;
import io.evenkeel.core.notification.Notification;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * A receiver of one's own: JSON, signed at each try with the time of the try. Any 2xx is taken. A status that is about the
 * request alone refuses it; one about the receiver or the key is for later.
 */
public final class WebhookChannel implements Channel {

    public static final String TIMESTAMP = "Evenkeel-Timestamp";
    public static final String SIGNATURE = "Evenkeel-Signature";
    public static final String NOTIFICATION = "Evenkeel-Notification";

    /** Many receivers take 1 MiB; the text is at most as long again. */
    static final int MAX_JSON_BYTES = 384 * 1024;

    private static final int MAX_HEADER = 255;

    private final Secret url;
    private final Secret key;
    private final HttpPoster http;
    private final InstantSource clock;

    /** @param http the channel's own: it is closed with it */
    public WebhookChannel(Secret url, Secret key, HttpPoster http, InstantSource clock) {
        this.url = url;
        this.key = key;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Receipt send(Notification notification) {
        return http.send(() -> call(notification), WebhookChannel::judge);
    }

    private HttpCall call(Notification notification) {
        String address = url.value();
        String signingKey = key.value();
        var body = body(notification);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        return HttpCall.postJson(address,
                Map.of(TIMESTAMP, timestamp, SIGNATURE, Signature.of(signingKey, timestamp, body), NOTIFICATION,
                        Texts.cut(Texts.ascii(notification.id()), MAX_HEADER)),
                body, List.of(address, signingKey));
    }

    static byte[] body(Notification notification) {
        var json = NotificationJson.fitting(notification, MAX_JSON_BYTES);
        json.put("text", Texts.fitting(PlainText.of(Content.of(notification)), MAX_JSON_BYTES));
        return NotificationJson.bytes(json);
    }

    private static Receipt judge(HttpAnswer answer) {
        if (answer.isSuccess()) {
            return new Receipt.Taken("");
        }
        return switch (answer.status()) {
            case 400, 413, 415, 422 -> answer.refused();
            default -> answer.later();
        };
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "webhook, " + url;
    }
}
