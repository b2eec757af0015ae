package io.evenkeel.channels.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Golden;
import io.evenkeel.channels.Notifications;
import io.evenkeel.channels.Secret;
import io.evenkeel.channels.http.HttpContract;
import io.evenkeel.channels.http.HttpPoster;
import io.evenkeel.channels.http.Receiver;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PagerDutyChannelTest implements HttpContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Channel channel(String url, HttpPoster http) {
        // An address that is no URI can't even be configured here.
        var base = url.contains(" ") || url.equals("http://") ? URI.create("nonsense") : URI.create(url);
        return new PagerDutyChannel(base, Receiver.secret(KEY), http);
    }

    @Override
    public Notification notification() {
        return Notifications.of(Kind.FIRING);
    }

    @Override
    public Answer good() {
        return Answer.of(202, "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"d\"}");
    }

    private static JsonNode taken(Notification notification) throws Exception {
        try (var server = new Receiver(PagerDutyServer::answer);
                var channel = new PagerDutyChannel(URI.create(server.url("/")), Receiver.secret(KEY),
                        Receiver.poster())) {
            var receipt = channel.send(notification);
            var event = JSON.readTree(server.requests().getFirst().text());
            assertThat(receipt).isEqualTo(new Receipt.Taken(event.path("dedup_key").asText()));
            assertThat(((ObjectNode) event).remove("routing_key").asText()).isEqualTo(KEY);
            return event;
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "HEARTBEAT", mode = EnumSource.Mode.EXCLUDE)
    void eachKindIsTakenAsChecked(Kind kind) throws Exception {
        Golden.checkJson("pagerduty/" + kind.name().toLowerCase(Locale.ROOT) + ".json",
                taken(Notifications.of(kind)));
    }

    @Test
    void everyAlertNameIsTakenAsChecked() throws Exception {
        Golden.checkJson("pagerduty/every-name.json", taken(Notifications.ofEveryName()));
    }

    @Test
    void anIncidentIsOneAlertFromTriggerToResolve() throws Exception {
        for (var kind : List.of(Kind.FIRING, Kind.UPDATED, Kind.REMINDER, Kind.ESCALATED)) {
            assertThat(taken(Notifications.of(kind)).path("event_action").asText()).isEqualTo("trigger");
        }
        assertThat(taken(Notifications.of(Kind.ACKNOWLEDGED)).path("event_action").asText()).isEqualTo("acknowledge");
        var resolve = taken(Notifications.of(Kind.RESOLVED));
        assertThat(resolve.path("event_action").asText()).isEqualTo("resolve");
        assertThat(resolve.path("dedup_key").asText()).isEqualTo(Notifications.INCIDENT);
    }

    @Test
    void aLongIncidentKeepsOneKey() throws Exception {
        String incident = "i\u20ac".repeat(200);
        String first = taken(Notifications.with(incident, 1, "t", List.of())).path("dedup_key").asText();
        assertThat(taken(Notifications.with(incident, 2, "t", List.of())).path("dedup_key").asText()).isEqualTo(first);
        assertThat(taken(Notifications.with(incident + "x", 1, "t", List.of())).path("dedup_key").asText())
                .isNotEqualTo(first);
    }

    @Test
    void aHugeNotificationFits() throws Exception {
        var alert = Notifications.alert("primary/data-1", "t", Collections.nCopies(100, "\"\u20ac".repeat(5000)));
        assertThat(taken(Notifications.with("i", 1, "", Collections.nCopies(20, alert))).path("payload")
                .path("custom_details").path("alerts")).hasSize(20);
    }

    @Test
    void aMalformedEventIsRefusedButAWrongKeyIsForLater() {
        try (var refusing = Receiver.answering(400, "{\"errors\":[\"'payload.source' is missing\"]}");
                var server = new Receiver(PagerDutyServer::answer);
                var first = channel(refusing.url(""), Receiver.poster());
                var second = new PagerDutyChannel(URI.create(server.url("")), Receiver.secret("short"),
                        Receiver.poster())) {
            assertThat(first.send(notification())).isInstanceOf(Receipt.Refused.class);
            assertThat(second.send(notification())).isInstanceOf(Receipt.Later.class).asString()
                    .contains("routing_key");
        }
    }

    @Test
    void aHeartbeatIsRefusedAndNotSent() {
        try (var server = new Receiver(PagerDutyServer::answer);
                var channel = channel(server.url(""), Receiver.poster())) {
            assertThat(channel.send(Notifications.of(Kind.HEARTBEAT))).isInstanceOf(Receipt.Refused.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aRotatedKeyCountsAtOnceAndAMissingOneIsForLater() {
        var key = new AtomicReference<>(KEY);
        var secret = new Secret("environment variable PAGER_KEY", () -> {
            if (key.get().isEmpty()) {
                throw new IllegalStateException("environment variable PAGER_KEY is not set");
            }
            return key.get();
        });
        try (var server = new Receiver(PagerDutyServer::answer);
                var channel = new PagerDutyChannel(URI.create(server.url("")), secret, Receiver.poster())) {
            channel.send(notification());
            key.set("f".repeat(32));
            assertThat(channel.send(notification())).isInstanceOf(Receipt.Taken.class);
            assertThat(server.requests().get(1).text()).contains("f".repeat(32)).doesNotContain(KEY);
            key.set("");
            assertThat(channel.send(notification())).isEqualTo(
                    new Receipt.Later("no key: environment variable PAGER_KEY is not set", Optional.empty()));
        }
    }
}
