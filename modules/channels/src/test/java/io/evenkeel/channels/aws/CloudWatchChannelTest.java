package io.evenkeel.channels.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Channel.Receipt.Later;
import io.evenkeel.channels.Channel.Receipt.Refused;
import io.evenkeel.channels.Channel.Receipt.Taken;
import io.evenkeel.channels.Notifications;
import io.evenkeel.channels.http.Receiver;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudWatchChannelTest {

    private static final String KEY = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";
    private static final AwsChannels.Metric METRIC = new AwsChannels.Metric("Evenkeel", "PipelineHeartbeat", "blue");
    private static final Notification BEAT = Notifications.of(Kind.HEARTBEAT);

    @BeforeAll
    static void someKeyAndRegion() {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", KEY);
        System.setProperty("aws.region", "eu-central-1");
    }

    @AfterAll
    static void noKeyAndNoRegion() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.clearProperty("aws.region");
    }

    private static Channel channel(String url) {
        return channel(url, Duration.ofSeconds(10));
    }

    private static Channel channel(String url, Duration callTimeout) {
        return AwsChannels.cloudWatch(METRIC, new AwsChannels.Settings(callTimeout, Optional.of(URI.create(url))));
    }

    private static Receipt put(Answer answer) {
        try (var server = new Receiver(_ -> answer); var channel = channel(server.url(""))) {
            var receipt = channel.send(BEAT);
            assertThat(server.requests()).as("tries").hasSize(1);
            assertThat(receipt.toString()).doesNotContain(KEY);
            return receipt;
        }
    }

    @Test
    void aHeartbeatIsOneDatumWithItsOwnTime() {
        try (var server = new Receiver(AwsServer::cloudWatch); var channel = channel(server.url(""))) {
            assertThat(channel.send(BEAT)).isEqualTo(new Taken("e16fc4d3-9a04"));
            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(AwsServer.form(request)).containsOnly(Map.entry("Action", "PutMetricData"),
                        Map.entry("Version", "2010-08-01"), Map.entry("Namespace", "Evenkeel"),
                        Map.entry("MetricData.member.1.MetricName", "PipelineHeartbeat"),
                        Map.entry("MetricData.member.1.Dimensions.member.1.Name", "Deployment"),
                        Map.entry("MetricData.member.1.Dimensions.member.1.Value", "blue"),
                        Map.entry("MetricData.member.1.Timestamp", BEAT.at().toString()),
                        Map.entry("MetricData.member.1.Value", "1.0"), Map.entry("MetricData.member.1.Unit", "Count"));
                assertThat(request.header("authorization")).contains("/eu-central-1/monitoring/aws4_request")
                        .doesNotContain(KEY);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "HEARTBEAT", mode = EnumSource.Mode.EXCLUDE)
    void troubleIsNeverCountedAsASignOfLife(Kind kind) {
        try (var server = new Receiver(AwsServer::cloudWatch); var channel = channel(server.url(""))) {
            assertThat(channel.send(Notifications.of(kind))).isInstanceOf(Refused.class).asString()
                    .contains("takes heartbeats only, not " + kind);
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"400, Throttling", "400, ThrottlingException", "403, AccessDenied", "403, InvalidClientTokenId",
            "500, InternalServiceError", "503, ServiceUnavailable"})
    void aCloudWatchAtFaultIsForLater(int status, String code) {
        assertThat(put(AwsServer.error(status, code, "no"))).isEqualTo(new Later(code + ": no", Optional.empty()));
    }

    @Test
    void aThrottledOneSaysWhen() {
        assertThat(put(AwsServer.error(400, "Throttling", "Rate exceeded").with("Retry-After", "7")))
                .isEqualTo(new Later("Throttling: Rate exceeded", Optional.of(Duration.ofSeconds(7))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidParameterValue", "InvalidParameterCombination", "MissingParameter",
            "ValidationError"})
    void aDatumAtFaultIsRefused(String code) {
        assertThat(put(AwsServer.error(400, code, "bad"))).isEqualTo(new Refused(code + ": bad"));
    }

    @Test
    void aSlowAndADeadServiceAreForLater() {
        try (var server = Receiver.silent(); var channel = channel(server.url(""), Duration.ofMillis(500))) {
            assertThat(channel.send(BEAT)).isInstanceOf(Later.class);
        }
        try (var channel = channel(Receiver.dead())) {
            assertThat(channel.send(BEAT)).isInstanceOf(Later.class);
        }
    }

    @Test
    void whatCloudWatchWouldNotTakeIsNoMetric() {
        assertThatThrownBy(() -> new AwsChannels.Metric("AWS/EC2", "m", "d")).hasMessageContaining("namespace");
        assertThatThrownBy(() -> new AwsChannels.Metric("", "m", "d")).hasMessageContaining("namespace");
        assertThatThrownBy(() -> new AwsChannels.Metric("n", "", "d")).hasMessageContaining("metric");
        assertThatThrownBy(() -> new AwsChannels.Metric("n", "m", ":d")).hasMessageContaining("deployment");
        assertThatThrownBy(() -> new AwsChannels.Metric("n", "m", "K\u00f6ln")).hasMessageContaining("deployment");
    }
}
