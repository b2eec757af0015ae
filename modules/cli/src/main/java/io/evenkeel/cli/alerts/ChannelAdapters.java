package io.evenkeel.cli.alerts;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.aws.AwsChannels;
import io.evenkeel.channels.delivery.Deliverer;
import io.evenkeel.channels.heartbeat.HeartbeatChannel;
import io.evenkeel.channels.http.HttpPoster;
import io.evenkeel.channels.mail.MailChannel;
import io.evenkeel.channels.mail.MailSettings;
import io.evenkeel.channels.pagerduty.PagerDutyChannel;
import io.evenkeel.channels.slack.SlackChannel;
import io.evenkeel.channels.webhook.WebhookChannel;
import io.evenkeel.cli.config.Alerts;
import io.evenkeel.cli.config.ChannelConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** From the configuration of a channel to what sends over it. */
public final class ChannelAdapters {

    /** Longest time of one call, whatever the channel. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private ChannelAdapters() {}

    /** All channels, by name, for the deliverer. */
    public static Map<String, Deliverer.Line> lines(Alerts alerts) {
        return alerts.channels().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                entry -> new Deliverer.Line(entry.getValue().terms(), () -> open(entry.getValue().config()))));
    }

    /** One that is used by one thread; the caller closes it. */
    static Channel open(ChannelConfig config) {
        return switch (config) {
            case ChannelConfig.PagerDuty(var url, var key) -> new PagerDutyChannel(url, key, poster());
            case ChannelConfig.Slack(var url) -> new SlackChannel(url, poster());
            case ChannelConfig.Webhook(var url, var secret) ->
                new WebhookChannel(url, secret, poster(), InstantSource.system());
            case ChannelConfig.Email email -> new MailChannel(settings(email));
            case ChannelConfig.Sns(var topic) -> AwsChannels.sns(topic, aws());
            case ChannelConfig.EventBridge(var bus) -> AwsChannels.eventBridge(bus, aws());
            case ChannelConfig.CloudWatch(var metric) -> AwsChannels.cloudWatch(metric, aws());
            case ChannelConfig.DeadManSwitch(var url) ->
                new HeartbeatChannel(url, HeartbeatChannel.Method.POST, poster());
        };
    }

    private static HttpPoster poster() {
        return new HttpPoster(CALL_TIMEOUT, InstantSource.system());
    }

    private static AwsChannels.Settings aws() {
        return new AwsChannels.Settings(CALL_TIMEOUT, Optional.empty());
    }

    private static MailSettings settings(ChannelConfig.Email email) {
        var tls = switch (email.tls()) {
            case STARTTLS -> MailSettings.Tls.REQUIRED;
            case IMPLICIT -> MailSettings.Tls.IMPLICIT;
            case NONE -> MailSettings.Tls.NONE;
        };
        return new MailSettings(email.host(), email.port(), tls,
                email.login().map(login -> new MailSettings.Login(login.user(), login.password())), email.from(),
                email.to(), CALL_TIMEOUT);
    }
}
