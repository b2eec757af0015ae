package io.evenkeel.channels.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Channel.Receipt.Later;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.core.notification.Notification;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for every channel over HTTP, whatever it sends. */
public interface HttpContract {

    String KEY = "0123456789abcdef0123456789abcdef";
    String PATH = "/services/T00000000/B00000000/" + KEY;

    /** @param url of the receiver, without a path */
    Channel channel(String url, HttpPoster http);

    /** One that the channel takes. */
    Notification notification();

    /** A good answer's status and body. */
    Answer good();

    private Receipt sent(Answer answer) {
        try (var receiver = new Receiver(_ -> answer); var channel = channel(receiver.url(""), Receiver.poster())) {
            var receipt = channel.send(notification());
            assertThat(receiver.requests()).as("tries").hasSize(1);
            return receipt;
        }
    }

    @Test
    default void aGoodAnswerIsTaken() {
        assertThat(sent(good())).isInstanceOf(Receipt.Taken.class);
    }

    @Test
    default void tooManyRequestsIsForLaterAndSaysWhen() {
        assertThat(sent(Answer.of(429, "slow down").with("Retry-After", "30")))
                .isEqualTo(new Later("HTTP 429: slow down", Optional.of(Duration.ofSeconds(30))));
        assertThat(sent(Answer.of(429, "").with("Retry-After", "Sun, 22 Nov 2026 10:21:00 GMT")))
                .isEqualTo(new Later("HTTP 429:", Optional.of(Duration.ofSeconds(60))));
        assertThat(sent(Answer.of(429, ""))).isEqualTo(new Later("HTTP 429:", Optional.empty()));
    }

    @Test
    default void aServersErrorIsForLater() {
        assertThat(sent(Answer.of(500, "oops"))).isEqualTo(new Later("HTTP 500: oops", Optional.empty()));
        assertThat(sent(Answer.of(503, "").with("Retry-After", "5")))
                .isEqualTo(new Later("HTTP 503:", Optional.of(Duration.ofSeconds(5))));
    }

    @Test
    default void whoIsNotThereIsForLater() {
        assertThat(sent(Answer.of(404, "gone"))).isInstanceOf(Later.class);
        assertThat(sent(Answer.of(403, "no"))).isInstanceOf(Later.class);
    }

    @Test
    default void aRedirectIsNotFollowed() {
        try (var thief = Receiver.answering(200, "ok")) {
            assertThat(sent(Answer.of(307, "").with("Location", thief.url("/")))).isInstanceOf(Later.class);
            assertThat(sent(Answer.of(302, "").with("Location", thief.url("/")))).isInstanceOf(Later.class);
            assertThat(thief.requests()).isEmpty();
        }
    }

    @Test
    default void aSlowReceiverIsGivenUpAtTheCallTimeout() {
        try (var receiver = Receiver.silent();
                var channel = channel(receiver.url(""), Receiver.poster(Duration.ofMillis(300)))) {
            assertThat(channel.send(notification()))
                    .isEqualTo(new Later("no answer within 300 ms", Optional.empty()));
        }
    }

    @Test
    default void aDeadReceiverIsForLater() {
        try (var channel = channel(Receiver.dead(), Receiver.poster())) {
            assertThat(channel.send(notification())).isEqualTo(new Later("connection refused", Optional.empty()));
        }
    }

    @Test
    default void anAnswerThatBreaksOffIsForLater() {
        var cut = new Answer(good().status(), good().headers(), good().body() + "x".repeat(100), 1);
        assertThat(sent(cut)).isInstanceOfSatisfying(Later.class,
                later -> assertThat(later.detail()).startsWith("the connection broke"));
    }

    @Test
    default void anEndlessAnswerIsNotReadToItsEnd() {
        assertThat(sent(Answer.of(418, "x".repeat(1_000_000)))).isInstanceOfSatisfying(Later.class,
                later -> assertThat(later.detail()).hasSizeLessThanOrEqualTo(300));
    }

    @Test
    default void noReceiptShowsWhatTheReceiverQuotes() {
        for (int status : new int[]{200, 202, 400, 401, 404, 429, 500}) {
            try (var receiver = new Receiver(request -> Answer.of(status,
                    "{\"dedup_key\":\"" + KEY + "\",\"you\":\"" + request.path() + "\"}"));
                    var channel = channel(receiver.url(""), Receiver.poster())) {
                assertThat(channel.send(notification()).toString()).doesNotContain(KEY).doesNotContain("T00000000");
                assertThat(channel.toString()).doesNotContain(KEY).doesNotContain("T00000000");
            }
        }
    }

    @Test
    default void noReceiptShowsAnAddressThatIsWrong() {
        for (String url : new String[]{"http://", "nonsense " + KEY, "ftp://host", "http://no-such-host.invalid"}) {
            try (var channel = channel(url, Receiver.poster())) {
                assertThat(channel.send(notification())).isInstanceOf(Later.class).asString().doesNotContain(KEY)
                        .doesNotContain("T00000000").doesNotContain("no-such-host");
            }
        }
    }
}
