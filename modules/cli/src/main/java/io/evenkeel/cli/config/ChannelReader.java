package io.evenkeel.cli.config;

import io.evenkeel.channels.aws.AwsChannels;
import io.evenkeel.channels.delivery.Rate;
import io.evenkeel.channels.delivery.Terms;
import io.evenkeel.cli.config.ChannelConfig.Email;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The keys of {@code alerts.channels}. */
final class ChannelReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern RATE = Pattern.compile("(\\d{1,4})/(s|m|h)");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");
    /** PagerDuty's API reference, "Send an event to PagerDuty". */
    private static final URI PAGER_DUTY = URI.create("https://events.pagerduty.com");

    /** Stands in until the complaint ends it all. */
    private static final String UNKNOWN = "";

    private final SecretReader secrets = new SecretReader();
    private final String deployment;

    /** @param topicPrefix tells deployments apart in CloudWatch, where nothing else is said */
    ChannelReader(String topicPrefix) {
        String name = topicPrefix.replaceFirst("[._-]+$", "");
        deployment = name.isEmpty() ? "evenkeel" : name;
    }

    SortedMap<String, Alerts.Channel> read(Section alerts) {
        var sections = alerts.sectionMap("channels");
        var channels = new TreeMap<String, Alerts.Channel>();
        sections.forEach((name, section) -> {
            if (!NAME.matcher(name).matches()) {
                alerts.complain("channels",
                        "a channel's name must be 1 to 64 of letters, digits, '.', '_' and '-', was '"
                                + name + "'");
            } else {
                channels.put(name, channel(section));
            }
        });
        checkFailovers(sections, channels);
        return channels;
    }

    private Alerts.Channel channel(Section section) {
        var terms = new Terms(section.optionalText("failover"),
                section.duration("failoverAfter", Terms.DEFAULT.failoverAfter(), Duration.ofSeconds(1),
                        Duration.ofHours(1)),
                section.parsed("rate", Rate.DEFAULT,
                        "must be 1 to 9999 per second, minute or hour, such as 1/s or 30/m",
                        ChannelReader::rate));
        if (!section.has("type")) {
            section.complain("type", "is missing, and has no default");
        }
        var config = config(section, section.choice("type", UNKNOWN, "pagerduty", "slack", "webhook", "email", "sns",
                "eventbridge", "heartbeat", "cloudwatch"));
        return new Alerts.Channel(terms, config);
    }

    private static Optional<Rate> rate(String text) {
        var parts = RATE.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) == 0) {
            return Optional.empty();
        }
        var per = switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
        return Optional.of(new Rate(per.dividedBy(Integer.parseInt(parts.group(1))), Rate.DEFAULT.burst()));
    }

    private ChannelConfig config(Section section, String type) {
        var config = switch (type) {
            case "pagerduty" -> new ChannelConfig.PagerDuty(section.optionalUrl("url").orElse(PAGER_DUTY),
                    secrets.required(section, "routingKey"));
            case "slack" -> new ChannelConfig.Slack(secrets.required(section, "url"));
            case "webhook" -> new ChannelConfig.Webhook(secrets.address(section, "url"),
                    secrets.required(section, "secret"));
            case "email" -> email(section);
            case "sns" -> new ChannelConfig.Sns(section.text("topicArn"));
            case "eventbridge" -> new ChannelConfig.EventBridge(section.text("bus"));
            case "heartbeat" -> new ChannelConfig.DeadManSwitch(secrets.required(section, "url"));
            case "cloudwatch" -> new ChannelConfig.CloudWatch(metric(section));
            default -> new ChannelConfig.Sns(UNKNOWN);
        };
        if (!type.equals(UNKNOWN)) {
            section.nothingElse();
        }
        return config;
    }

    private AwsChannels.Metric metric(Section section) {
        return new AwsChannels.Metric(
                section.parsed("namespace", "Evenkeel",
                        "must be at most 255 of letters, digits and ./_#-, and must not begin with AWS/",
                        text -> accepted(() -> new AwsChannels.Metric(text, "m", "d").namespace())),
                section.parsed("metric", "PipelineHeartbeat", "must be at most 255 printable ASCII characters",
                        text -> accepted(() -> new AwsChannels.Metric("n", text, "d").name())),
                section.parsed("deployment", deployment,
                        "must be at most 1024 printable ASCII characters, and must not begin with a colon",
                        text -> accepted(() -> new AwsChannels.Metric("n", "m", text).deployment())));
    }

    private static Optional<String> accepted(Supplier<String> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private Email email(Section section) {
        var tls = Email.Tls.valueOf(
                section.choice("tls", "starttls", "starttls", "implicit", "none").toUpperCase(Locale.ROOT));
        int port = switch (tls) {
            case STARTTLS -> 587;
            case IMPLICIT -> 465;
            case NONE -> 25;
        };
        var to = section.texts("to");
        if (to.isEmpty() || !to.stream().allMatch(address -> ADDRESS.matcher(address).matches())) {
            section.complain("to", "must list at least one address, such as ops@example.com");
        }
        return new Email(section.text("host"), section.integer("port", port, 1, 65_535), tls,
                section.parsed("from", section.has("from") ? "" : section.text("from"),
                        "must be an address, such as evenkeel@example.com",
                        text -> ADDRESS.matcher(text).matches() ? Optional.of(text) : Optional.empty()),
                to, login(section, tls));
    }

    private Optional<Email.Login> login(Section section, Email.Tls tls) {
        var user = section.optionalText("user");
        var password = secrets.optional(section, "password");
        if (user.isPresent() != password.isPresent()) {
            section.complain(user.isPresent() ? "password" : "user", "user and password go together");
        }
        if (password.isPresent() && tls == Email.Tls.NONE) {
            section.complain("tls", "must not be none where there is a password: it would be sent in the open");
        }
        return user.flatMap(name -> password.map(secret -> new Email.Login(name, secret)));
    }

    private static void checkFailovers(Map<String, Section> sections, Map<String, Alerts.Channel> channels) {
        channels.forEach((name, channel) -> channel.terms().failover().ifPresent(failover -> {
            var section = sections.get(name);
            if (section != null) {
                complaint(name, failover, channels).ifPresent(rule -> section.complain("failover", rule));
            }
        }));
    }

    private static Optional<String> complaint(String name, String failover, Map<String, Alerts.Channel> channels) {
        var next = channels.get(failover);
        if (next == null) {
            return Optional.of("must name another channel in this file (" + String.join(", ", channels.keySet())
                    + "), was '" + failover + "'");
        }
        if (next.config().takesHeartbeatsOnly()) {
            return Optional.of("must not be a dead-man's switch, which takes heartbeats only, was '" + failover + "'");
        }
        var chain = new ArrayList<>(List.of(name));
        for (var step = Optional.of(failover); step.isPresent(); step = Optional.ofNullable(channels.get(step.get()))
                .flatMap(channel -> channel.terms().failover())) {
            boolean again = chain.contains(step.get());
            chain.add(step.get());
            if (again) {
                return Optional.of("must not come back to a channel before it: " + String.join(" -> ", chain));
            }
        }
        return Optional.empty();
    }
}
