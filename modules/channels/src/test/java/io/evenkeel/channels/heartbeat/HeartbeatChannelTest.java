package io.evenkeel.channels.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Notifications;
import io.evenkeel.channels.http.HttpContract;
import io.evenkeel.channels.http.HttpPoster;
import io.evenkeel.channels.http.Receiver;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeartbeatChannelTest implements HttpContract {

    @Override
    public Channel channel(String url, HttpPoster http) {
        return new HeartbeatChannel(Receiver.secret(url.startsWith("http://127") ? url + PATH : url),
                HeartbeatChannel.Method.POST, http);
    }

    @Override
    public Notification notification() {
        return Notifications.of(Kind.HEARTBEAT);
    }

    @Override
    public Answer good() {
        return Answer.of(200, "ok");
    }

    @ParameterizedTest
    @EnumSource(HeartbeatChannel.Method.class)
    void itAsksTheAddressWithoutSayingAnything(HeartbeatChannel.Method method) {
        try (var server = Receiver.answering(204, "");
                var channel = new HeartbeatChannel(Receiver.secret(server.url("/ping?id=1")), method,
                        Receiver.poster())) {
            assertThat(channel.send(notification())).isEqualTo(new Receipt.Taken(""));
            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(request.method() + " " + request.path()).isEqualTo(method + " /ping?id=1");
                assertThat(request.body()).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "HEARTBEAT", mode = EnumSource.Mode.EXCLUDE)
    void troubleIsNeverToldToASwitch(Kind kind) {
        try (var server = Receiver.answering(200, ""); var channel = channel(server.url(""), Receiver.poster())) {
            assertThat(channel.send(Notifications.of(kind))).isInstanceOf(Receipt.Refused.class).asString()
                    .contains("takes heartbeats only, not " + kind);
            assertThat(server.requests()).isEmpty();
        }
    }
}
