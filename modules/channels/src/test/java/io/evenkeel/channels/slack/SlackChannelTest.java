package io.evenkeel.channels.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Golden;
import io.evenkeel.channels.Notifications;
import io.evenkeel.channels.http.HttpContract;
import io.evenkeel.channels.http.HttpPoster;
import io.evenkeel.channels.http.Receiver;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.util.Collections;
import java.util.List;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SlackChannelTest implements HttpContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Channel channel(String url, HttpPoster http) {
        return new SlackChannel(Receiver.secret(url.startsWith("http://127") ? url + PATH : url), http);
    }

    @Override
    public Notification notification() {
        return Notifications.of(Kind.FIRING);
    }

    @Override
    public Answer good() {
        return Answer.of(200, "ok");
    }

    private JsonNode taken(Notification notification) throws Exception {
        try (var server = new Receiver(SlackServer::answer); var channel = channel(server.url(""), Receiver.poster())) {
            assertThat(channel.send(notification)).isEqualTo(new Receipt.Taken(""));
            assertThat(server.requests().getFirst().path()).isEqualTo(PATH);
            return JSON.readTree(server.requests().getFirst().text());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindIsTakenAsChecked(Kind kind) throws Exception {
        Golden.checkJson("slack/" + kind.name().toLowerCase(Locale.ROOT) + ".json", taken(Notifications.of(kind)));
    }

    @Test
    void thePictureInTheDocsShowsWhatIsSent() throws Exception {
        Golden.check(Path.of("..", "..", "docs", "images", "slack-message.svg"),
                SlackPicture.of(taken(Notifications.of(Kind.UPDATED))));
    }

    @Test
    void everyAlertNameIsTakenAsChecked() throws Exception {
        Golden.checkJson("slack/every-name.json", taken(Notifications.ofEveryName()));
    }

    @Test
    void noTextNamesSomebodyOrLinksSomewhere() throws Exception {
        var message = taken(Notifications.with("i<!channel>", 1, "<!channel> a & b", List.of(
                Notifications.alert("s", "<@U123>", List.of("<https://evil|click>", "&lt;", "`x`")))));
        assertThat(message.path("text").asText()).isEqualTo("[page] &lt;!channel&gt; a &amp; b");
        assertThat(message.at("/blocks/0/text").toString()).contains("plain_text", "<!channel> a & b");
        assertThat(message.at("/blocks/3/text/text").asText()).contains("*&lt;@U123&gt;*",
                "&lt;https://evil|click&gt;", "&amp;lt;");
    }

    @Test
    void theLongestMessageIsTaken() throws Exception {
        var alert = Notifications.alert("primary/data-1", "&".repeat(100),
                Collections.nCopies(100, "<&>\uD83D\uDE00".repeat(500)));
        var labels = new TreeMap<String, String>();
        for (int i = 0; i < 20; i++) {
            labels.put("label-" + i + "&".repeat(80), "&".repeat(5000));
        }
        var base = Notifications.with("&".repeat(4000), 1, "\uD83D\uDE00".repeat(50), Collections.nCopies(20, alert));
        var huge = new Notification(base.incident(), 1, Kind.ESCALATED, base.severity(), base.channels(), labels,
                base.title(), base.alerts(), 400, 7, "&".repeat(400), base.links(), base.since(), base.at());
        assertThat(taken(huge).toString()).contains("more lines_");
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_payload", "400, invalid_blocks", "400, no_text", "413, too_long"})
    void whatSlackCannotTakeIsRefused(int status, String body) {
        assertThat(answered(status, body)).isEqualTo(new Receipt.Refused("HTTP " + status + ": " + body));
    }

    @ParameterizedTest
    @CsvSource({"400, user_not_found", "403, action_prohibited", "403, invalid_token", "404, channel_not_found",
            "404, no_service", "410, channel_is_archived", "200, <html>sign in</html>", "500, rollup_error"})
    void whatIsWrongWithTheChannelIsForLater(int status, String body) {
        assertThat(answered(status, body)).isInstanceOf(Receipt.Later.class).asString()
                .contains("HTTP " + status + ": " + body);
    }

    private Receipt answered(int status, String body) {
        try (var server = Receiver.answering(status, body); var channel = channel(server.url(""), Receiver.poster())) {
            return channel.send(notification());
        }
    }
}
