package io.evenkeel.cli.config;

import io.evenkeel.channels.Secret;
import io.evenkeel.channels.aws.AwsChannels;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where a channel leads, by type. Secrets are read at each use; their text is not in here. */
public sealed interface ChannelConfig {

    /** The type as the file has it. */
    default String type() {
        return switch (this) {
            case PagerDuty _ -> "pagerduty";
            case Slack _ -> "slack";
            case Webhook _ -> "webhook";
            case Email _ -> "email";
            case Sns _ -> "sns";
            case EventBridge _ -> "eventbridge";
            case DeadManSwitch _ -> "heartbeat";
            case CloudWatch _ -> "cloudwatch";
        };
    }

    /** Whether it is a dead-man's switch, which takes heartbeats only: it stands in no route, and in for no other. */
    default boolean takesHeartbeatsOnly() {
        return switch (this) {
            case DeadManSwitch _,CloudWatch _ -> true;
            case PagerDuty _,Slack _,Webhook _,Email _,Sns _,EventBridge _ -> false;
        };
    }

    /**
     * @param url where its Events API v2 is, without the path; the European region has another
     * @param routingKey of an integration of a service
     */
    record PagerDuty(URI url, Secret routingKey) implements ChannelConfig {}

    /** @param url of an incoming webhook: who knows it may post */
    record Slack(Secret url) implements ChannelConfig {}

    /**
     * @param url where to post; a secret of its own where it holds a token
     * @param secret what posts are signed with
     */
    record Webhook(Secret url, Secret secret) implements ChannelConfig {}

    /** @param login empty: none is asked for */
    record Email(String host, int port, Tls tls, String from, List<String> to, Optional<Login> login)
            implements
                ChannelConfig {

        public Email {
            to = List.copyOf(to);
        }

        /** How the connection is encrypted. */
        public enum Tls {
            STARTTLS, IMPLICIT, NONE
        }

        public record Login(String user, Secret password) {}
    }

    record Sns(String topicArn) implements ChannelConfig {}

    /** @param bus name or ARN */
    record EventBridge(String bus) implements ChannelConfig {}

    /** @param url asked for each heartbeat, and for nothing else */
    record DeadManSwitch(Secret url) implements ChannelConfig {}

    /** A dead-man's switch: an alarm goes off when the metric stays away. */
    record CloudWatch(AwsChannels.Metric metric) implements ChannelConfig {}
}
