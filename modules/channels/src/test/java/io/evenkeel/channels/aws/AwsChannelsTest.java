package io.evenkeel.channels.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Channel.Receipt.Later;
import io.evenkeel.channels.Channel.Receipt.Refused;
import io.evenkeel.channels.Channel.Receipt.Taken;
import io.evenkeel.channels.Golden;
import io.evenkeel.channels.Notifications;
import io.evenkeel.channels.http.Receiver;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AwsChannelsTest {

    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:alerts";
    private static final String BUS = "arn:aws:events:eu-central-1:123456789012:event-bus/ops";
    private static final String KEY = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";
    private static final Notification FIRING = Notifications.of(Kind.FIRING);

    @BeforeAll
    static void someKey() {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", KEY);
    }

    @AfterAll
    static void noKey() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private static AwsChannels.Settings at(String url, Duration callTimeout) {
        return new AwsChannels.Settings(callTimeout, Optional.of(URI.create(url)));
    }

    private static Channel sns(String url) {
        return AwsChannels.sns(TOPIC, at(url, Duration.ofSeconds(10)));
    }

    private static Channel bus(String url) {
        return AwsChannels.eventBridge(BUS, at(url, Duration.ofSeconds(10)));
    }

    private static Map<String, String> published(Notification notification) {
        try (var server = new Receiver(AwsServer::sns); var channel = sns(server.url(""))) {
            assertThat(channel.send(notification)).isEqualTo(new Taken("567910cd-659e-55d4-8ccb-5aaf14679dc0"));
            return AwsServer.form(server.requests().getFirst());
        }
    }

    private static Receipt published(Answer answer) {
        try (var server = new Receiver(_ -> answer); var channel = sns(server.url(""))) {
            var receipt = channel.send(FIRING);
            assertThat(server.requests()).as("tries").hasSize(1);
            assertThat(receipt.toString()).doesNotContain(KEY);
            return receipt;
        }
    }

    private static Receipt put(Answer answer) {
        try (var server = new Receiver(request -> request.header("x-amz-target")
                .endsWith("PutEvents") ? answer : AwsServer.eventBridge(request)); var channel = bus(server.url(""))) {
            var receipt = channel.send(FIRING);
            assertThat(server.requests()).as("the look at the bus, and one try").hasSize(2);
            return receipt;
        }
    }

    private static String text(Map<String, String> form) {
        var text = new StringBuilder("Subject: " + form.get("Subject") + "\n");
        for (int i = 1; form.containsKey("MessageAttributes.entry." + i + ".Name"); i++) {
            String prefix = "MessageAttributes.entry." + i + ".";
            text.append(form.get(prefix + "Name")).append(" (").append(form.get(prefix + "Value.DataType"))
                    .append("): ").append(form.get(prefix + "Value.StringValue")).append("\n");
        }
        return text.append("\n").append(form.get("Message")).toString();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindIsPublishedAsChecked(Kind kind) {
        Golden.check("sns/" + kind.name().toLowerCase(Locale.ROOT) + ".txt", text(published(Notifications.of(kind))));
    }

    @Test
    void everyAlertNameIsPublishedAsChecked() {
        Golden.check("sns/every-name.txt", text(published(Notifications.ofEveryName())));
    }

    @Test
    void theTopicsRegionCounts() {
        try (var server = new Receiver(AwsServer::sns); var channel = sns(server.url(""))) {
            channel.send(FIRING);
            assertThat(server.requests().getFirst().headers().get("authorization"))
                    .contains("/eu-central-1/sns/aws4_request").doesNotContain(KEY);
        }
    }

    @Test
    void aSubjectIsCutAndPrintable() {
        var form = published(Notifications.with("i", 1, "K\u00f6ln \u26a0 " + "x".repeat(90), List.of()));
        assertThat(form.get("Subject")).startsWith("[page] K?ln ? xxx").endsWith("...").hasSize(100);
    }

    @Test
    void aHugeMessageIsCutAtACharacter() {
        var alert = Notifications.alert("s", "t", Collections.nCopies(100, "\uD83D\uDE00".repeat(400)));
        assertThat(published(Notifications.with("i", 1, "t", Collections.nCopies(20, alert))).get("Message"))
                .doesNotContain("\uFFFD").hasSizeGreaterThan(100_000);
    }

    @Test
    void aFifoTopicKeepsAnIncidentInOrder() {
        try (var server = new Receiver(AwsServer::sns);
                var channel = AwsChannels.sns(TOPIC + ".fifo", at(server.url(""), Duration.ofSeconds(10)))) {
            channel.send(FIRING);
            channel.send(Notifications.of(Kind.UPDATED));
            var first = AwsServer.form(server.requests().get(0));
            var second = AwsServer.form(server.requests().get(1));
            assertThat(first.get("MessageGroupId")).hasSize(64).isEqualTo(second.get("MessageGroupId"));
            assertThat(first.get("MessageDeduplicationId")).hasSize(64)
                    .isNotEqualTo(second.get("MessageDeduplicationId"));
        }
    }

    @ParameterizedTest
    @CsvSource({"400, InvalidParameter", "400, InvalidParameterValue"})
    void aMessageAtFaultIsRefused(int status, String code) {
        assertThat(published(AwsServer.error(status, code, "bad"))).isEqualTo(new Refused(code + ": bad"));
    }

    @ParameterizedTest
    @CsvSource({"403, AuthorizationError", "404, NotFound", "400, Throttling", "429, Throttled", "500, InternalError",
            "503, ServiceUnavailable", "403, InvalidClientTokenId", "400, EndpointDisabled"})
    void aTopicAtFaultIsForLater(int status, String code) {
        assertThat(published(AwsServer.error(status, code, "no")))
                .isEqualTo(new Later(code + ": no", Optional.empty()));
    }

    @Test
    void aThrottledOneSaysWhen() {
        assertThat(published(AwsServer.error(429, "Throttled", "slow").with("Retry-After", "7")))
                .isEqualTo(new Later("Throttled: slow", Optional.of(Duration.ofSeconds(7))));
    }

    @Test
    void aSlowADeadAndABrokenServiceAreForLater() {
        try (var server = Receiver.silent();
                var channel = AwsChannels.sns(TOPIC, at(server.url(""), Duration.ofMillis(500)))) {
            assertThat(channel.send(FIRING)).isInstanceOf(Later.class);
        }
        try (var channel = sns(Receiver.dead())) {
            assertThat(channel.send(FIRING)).isInstanceOf(Later.class);
        }
        assertThat(published(Answer.of(200, "<PublishResponse>" + "x".repeat(200)).cutAfter(20)))
                .isInstanceOf(Later.class);
    }

    @Test
    void anEventHasTheNotificationAsDetail() throws Exception {
        try (var server = new Receiver(AwsServer::eventBridge); var channel = bus(server.url(""))) {
            assertThat(channel.send(FIRING)).isEqualTo(new Taken("11710aed-b79e"));
            var entry = new ObjectMapper().readTree(server.requests().getLast().text()).path("Entries").path(0);
            assertThat(entry.path("Source").asText()).isEqualTo("evenkeel");
            assertThat(entry.path("DetailType").asText()).isEqualTo("Evenkeel Notification");
            assertThat(entry.path("EventBusName").asText()).isEqualTo(BUS);
            assertThat(entry.path("Resources").toString()).isEqualTo("[\"primary\"]");
            Golden.checkJson("eventbridge/firing.json",
                    new ObjectMapper().readTree(entry.path("Detail").asText()));
        }
    }

    @Test
    void aHugeEventFits() {
        var alert = Notifications.alert("s", "t", Collections.nCopies(100, "\u20ac\"".repeat(2000)));
        try (var server = new Receiver(AwsServer::eventBridge); var channel = bus(server.url(""))) {
            assertThat(channel.send(Notifications.with("i", 1, "t", Collections.nCopies(20, alert))))
                    .isInstanceOf(Taken.class);
        }
    }

    @Test
    void anEntryThatFailedIsNotTakenThoughTheAnswerIsGood() {
        assertThat(put(AwsServer.failed("ThrottlingException", "slow")))
                .isEqualTo(new Later("ThrottlingException: slow", Optional.empty()));
        assertThat(put(AwsServer.failed("InternalFailure", "oops"))).isInstanceOf(Later.class);
        assertThat(put(AwsServer.failed("NotAuthorizedForSourceException", "no"))).isInstanceOf(Later.class);
        assertThat(put(AwsServer.failed("MalformedDetail", "bad"))).isEqualTo(new Refused("MalformedDetail: bad"));
        assertThat(put(Answer.of(200, "{\"FailedEntryCount\":0,\"Entries\":[]}"))).isInstanceOf(Later.class);
    }

    @Test
    void aBusAtFaultIsForLater() {
        assertThat(put(AwsServer.jsonError(400, "AccessDeniedException", "no"))).isInstanceOf(Later.class);
        assertThat(put(AwsServer.jsonError(500, "InternalException", "oops"))).isInstanceOf(Later.class);
        assertThat(put(AwsServer.jsonError(400, "ValidationException", "bad"))).isInstanceOf(Refused.class);
    }

    @Test
    void aMissingBusIsFoundAtTheStart() {
        try (var server = new Receiver(_ -> AwsServer.jsonError(400, "ResourceNotFoundException", "no bus"))) {
            assertThatThrownBy(() -> bus(server.url(""))).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("there is no EventBridge bus");
        }
    }

    @Test
    void aBusThatCannotBeAskedForKeepsNobodyFromStarting() {
        try (var channel = bus(Receiver.dead())) {
            assertThat(channel.send(FIRING)).isInstanceOf(Later.class);
        }
    }
}
