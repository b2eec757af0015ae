package io.evenkeel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.evenkeel.channels.aws.AwsChannels;
import io.evenkeel.channels.heartbeat.HeartbeatChannel;
import io.evenkeel.channels.http.Receiver;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.channels.mail.MailChannel;
import io.evenkeel.channels.mail.MailSettings;
import io.evenkeel.channels.pagerduty.PagerDutyChannel;
import io.evenkeel.channels.slack.SlackChannel;
import io.evenkeel.channels.webhook.WebhookChannel;
import io.evenkeel.core.notification.Notification.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever a receiver says, and whatever libraries log at their most talkative. */
class SecretsStaySecretTest {

    private static final String KEY = "s3cr3t-and-l0ng-enough-to-be-one";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final java.util.logging.Logger platform = LogManager.getLogManager().getLogger("");
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logRecord) {
            if (logRecord.getLoggerName() != null && logRecord.getLoggerName().startsWith("com.sun.net.httpserver")) {
                // The receiver's own.
                return;
            }
            told.add(logRecord.getMessage() + " " + logRecord.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Level level = Level.INFO;

    @BeforeEach
    void listen() {
        level = root.getLevel();
        root.setLevel(Level.TRACE);
        logged.start();
        root.addAppender(logged);
        handler.setLevel(java.util.logging.Level.ALL);
        platform.setLevel(java.util.logging.Level.ALL);
        platform.addHandler(handler);
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", KEY);
        System.setProperty("aws.region", "eu-central-1");
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(logged);
        root.setLevel(level);
        platform.removeHandler(handler);
        platform.setLevel(java.util.logging.Level.INFO);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.clearProperty("aws.region");
    }

    private static List<Channel> channels(String url) {
        var secretUrl = Receiver.secret(url + "/hook/" + KEY);
        var login = new MailSettings.Login("alerts", Receiver.secret(KEY));
        var mail = new MailSettings("127.0.0.1", URI.create(url).getPort(), MailSettings.Tls.NONE, Optional.of(login),
                "a@example.org", List.of("b@example.org"), Duration.ofMillis(500));
        var aws = new AwsChannels.Settings(Duration.ofSeconds(5), Optional.of(URI.create(url)));
        return List.of(new PagerDutyChannel(URI.create(url), Receiver.secret(KEY), Receiver.poster()),
                new SlackChannel(secretUrl, Receiver.poster()),
                new WebhookChannel(secretUrl, Receiver.secret(KEY), Receiver.poster(),
                        InstantSource.fixed(Receiver.NOW)),
                new HeartbeatChannel(secretUrl, HeartbeatChannel.Method.POST, Receiver.poster()), new MailChannel(mail),
                AwsChannels.cloudWatch(new AwsChannels.Metric("Evenkeel", "PipelineHeartbeat", "evenkeel"), aws),
                AwsChannels.sns("arn:aws:sns:eu-central-1:123456789012:alerts", aws));
    }

    private void nothingShows(String url) {
        for (var channel : channels(url)) {
            try (channel) {
                for (var kind : List.of(Kind.FIRING, Kind.HEARTBEAT)) {
                    assertThat(channel.send(Notifications.of(kind)).toString()).doesNotContain(KEY);
                }
                assertThat(channel.toString()).doesNotContain(KEY);
            }
        }
        assertThat(logged.list).allSatisfy(event -> assertThat(event.getFormattedMessage() + event.getKeyValuePairs()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .doesNotContain(KEY));
        assertThat(told).noneMatch(line -> line.contains(KEY));
    }

    @Test
    void notWhenTheReceiverQuotesEverything() {
        for (int status : new int[]{200, 302, 400, 403, 500}) {
            try (var receiver = new Receiver(request -> Answer.of(status,
                    request.path() + request.headers() + request.text()))) {
                nothingShows(receiver.url(""));
            }
        }
        assertThat(logged.list).as("the libraries did talk").isNotEmpty();
    }

    @Test
    void notWhenNobodyListens() {
        nothingShows(Receiver.dead());
    }

    @Test
    void aSecretSaysOnlyWhereItComesFrom() {
        assertThat(Receiver.secret(KEY)).hasToString("secret from test");
    }
}
