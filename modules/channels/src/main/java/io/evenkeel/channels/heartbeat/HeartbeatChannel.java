package io.evenkeel.channels.heartbeat;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Secret;
import io.evenkeel.channels.http.HttpAnswer;
import io.evenkeel.channels.http.HttpCall;
import io.evenkeel.channels.http.HttpPoster;
import io.evenkeel.core.notification.Notification;
import java.util.List;

/** A dead-man's switch: its address is asked at each heartbeat, and whoever listens there raises the alarm when none comes. */
public final class HeartbeatChannel implements Channel {

    public enum Method {
        GET, POST
    }

    private final Secret url;
    private final Method method;
    private final HttpPoster http;

    /** @param http the channel's own: it is closed with it */
    public HeartbeatChannel(Secret url, Method method, HttpPoster http) {
        this.url = url;
        this.method = method;
        this.http = http;
    }

    @Override
    public Receipt send(Notification notification) {
        if (notification.kind() != Notification.Kind.HEARTBEAT) {
            return Receipt.Refused.noHeartbeat(notification.kind());
        }
        return http.send(() -> {
            String address = url.value();
            return HttpCall.bare(method.name(), address, List.of(address));
        }, HeartbeatChannel::judge);
    }

    /** Any 2xx counts as heard; a wrong address is the channel's trouble, never the heartbeat's. */
    private static Receipt judge(HttpAnswer answer) {
        return answer.isSuccess() ? new Receipt.Taken("") : answer.later();
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "dead-man's switch, " + url;
    }
}
