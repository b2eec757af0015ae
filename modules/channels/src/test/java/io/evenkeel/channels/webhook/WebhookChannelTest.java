package io.evenkeel.channels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Golden;
import io.evenkeel.channels.Notifications;
import io.evenkeel.channels.http.HttpContract;
import io.evenkeel.channels.http.HttpPoster;
import io.evenkeel.channels.http.Receiver;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.channels.http.Receiver.Request;
import io.evenkeel.channels.webhook.WebhookVerifier.Verdict;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest implements HttpContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final WebhookVerifier VERIFIER = new WebhookVerifier(Receiver.secret(KEY));

    @Override
    public Channel channel(String url, HttpPoster http) {
        return new WebhookChannel(Receiver.secret(url.startsWith("http://127") ? url + PATH : url),
                Receiver.secret(KEY), http, InstantSource.fixed(Receiver.NOW));
    }

    @Override
    public Notification notification() {
        return Notifications.of(Kind.FIRING);
    }

    @Override
    public Answer good() {
        return Answer.of(200, "thanks");
    }

    /** A receiver that takes what is genuine only. */
    private static Answer verifying(Request request) {
        var verdict = verdict(request, Receiver.NOW);
        return verdict == Verdict.GENUINE ? Answer.of(204, "") : Answer.of(401, verdict.name());
    }

    private static Verdict verdict(Request request, Instant now) {
        return VERIFIER.verdict(request.header("evenkeel-timestamp"),
                request.header("evenkeel-signature"), request.body(), now);
    }

    private Request taken(Notification notification) {
        try (var server = new Receiver(WebhookChannelTest::verifying);
                var channel = channel(server.url(""), Receiver.poster())) {
            assertThat(channel.send(notification)).isEqualTo(new Receipt.Taken(""));
            return server.requests().getFirst();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindIsTakenAsChecked(Kind kind) throws Exception {
        Golden.checkJson("webhook/" + kind.name().toLowerCase(Locale.ROOT) + ".json",
                JSON.readTree(taken(Notifications.of(kind)).body()));
    }

    @Test
    void everyAlertNameIsTakenAsChecked() throws Exception {
        Golden.checkJson("webhook/every-name.json", JSON.readTree(taken(Notifications.ofEveryName()).body()));
    }

    @Test
    void theNotificationIsNamedInAHeader() {
        assertThat(taken(notification()).headers())
                .containsEntry("evenkeel-notification", Notifications.INCIDENT + "#1")
                .containsEntry("content-type", "application/json; charset=utf-8")
                .containsEntry("evenkeel-timestamp", Long.toString(Receiver.NOW.getEpochSecond()));
    }

    @Test
    void anIdCannotAddAHeader() {
        var request = taken(Notifications.with("i\r\nX-Evil: 1", 1, "t", List.of()));
        assertThat(request.headers()).doesNotContainKey("x-evil").containsEntry("evenkeel-notification",
                "i X-Evil: 1#1");
    }

    /** Made with {@code printf '%s' '1795342800.{"a":1}' | openssl dgst -sha256 -hmac KEY}. */
    @Test
    void theSignatureIsThatOfOtherTools() {
        assertThat(Signature.of(KEY, "1795342800", "{\"a\":1}".getBytes(UTF_8)))
                .isEqualTo("v1=b3fd5327e4d3489eac55850dfd4ddb539e4e88c589100069cd5559cf26989eef");
    }

    @Test
    void aChangedBodyTimeOrSignatureIsForged() {
        var request = taken(notification());
        var body = request.body().clone();
        body[10] ^= 1;
        String timestamp = request.header("evenkeel-timestamp");
        String signature = request.header("evenkeel-signature");
        assertThat(VERIFIER.verdict(timestamp, signature, body, Receiver.NOW)).isEqualTo(Verdict.FORGED);
        assertThat(VERIFIER.verdict("1" + timestamp, signature, request.body(), Receiver.NOW))
                .isEqualTo(Verdict.FORGED);
        assertThat(VERIFIER.verdict(timestamp, signature.substring(3), request.body(), Receiver.NOW))
                .isEqualTo(Verdict.FORGED);
        assertThat(VERIFIER.verdict("", "", request.body(), Receiver.NOW)).isEqualTo(Verdict.FORGED);
        assertThat(new WebhookVerifier(Receiver.secret("another")).verdict(timestamp, signature, request.body(),
                Receiver.NOW)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void aRecordedOneIsStaleAfterFiveMinutes() {
        var request = taken(notification());
        assertThat(verdict(request, Receiver.NOW.plusSeconds(300))).isEqualTo(Verdict.GENUINE);
        assertThat(verdict(request, Receiver.NOW.plusSeconds(301))).isEqualTo(Verdict.STALE);
        assertThat(verdict(request, Receiver.NOW.minusSeconds(301))).isEqualTo(Verdict.STALE);
    }

    @Test
    void aHugeNotificationStaysUnderAMebibyte() {
        var alert = Notifications.alert("primary/data-1", "t", Collections.nCopies(300, "\u20ac\"".repeat(5000)));
        assertThat(taken(Notifications.with("i", 1, "t", Collections.nCopies(20, alert))).body())
                .hasSizeLessThanOrEqualTo(1024 * 1024);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422})
    void aRequestThatIsAtFaultIsRefused(int status) {
        assertThat(answered(status)).isEqualTo(new Receipt.Refused("HTTP " + status + ": no"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 408, 409, 410, 425})
    void aReceiverThatIsAtFaultIsForLater(int status) {
        assertThat(answered(status)).isInstanceOf(Receipt.Later.class);
    }

    private Receipt answered(int status) {
        try (var server = Receiver.answering(status, "no"); var channel = channel(server.url(""), Receiver.poster())) {
            return channel.send(notification());
        }
    }
}
