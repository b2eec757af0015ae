package io.evenkeel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.channels.aws.AwsChannels;
import io.evenkeel.channels.delivery.Rate;
import io.evenkeel.channels.delivery.Terms;
import io.evenkeel.cli.config.ChannelConfig.CloudWatch;
import io.evenkeel.cli.config.ChannelConfig.DeadManSwitch;
import io.evenkeel.cli.config.ChannelConfig.Email;
import io.evenkeel.cli.config.ChannelConfig.EventBridge;
import io.evenkeel.cli.config.ChannelConfig.PagerDuty;
import io.evenkeel.cli.config.ChannelConfig.Slack;
import io.evenkeel.cli.config.ChannelConfig.Sns;
import io.evenkeel.cli.config.ChannelConfig.Webhook;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.notification.Hours;
import io.evenkeel.core.notification.Inhibition;
import io.evenkeel.core.notification.LinkTemplate;
import io.evenkeel.core.notification.Matcher;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.core.notification.Route;
import io.evenkeel.core.notification.TestPage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsConfigTest {

    private static final String BASE = """
            kafka: {bootstrapServers: "kafka:9092"}
            schemaRegistry: {url: "http://registry:8081"}
            vantages: [{name: va, zone: z1}]
            clusters: [{id: primary, seeds: ["http://es-1:9200"]}, {id: standby, seeds: ["http://es-2:9200"]}]
            services:
              - {name: search, primary: primary, standby: standby, dns: {healthCheckId: h}}
              - {name: logs, primary: primary, standby: standby, dns: {healthCheckId: h}}
            """;

    private static final String EVERYTHING = BASE
            + """
                    alerts:
                      channels:
                        pager: {type: pagerduty, url: "https://events.eu.pagerduty.com", routingKey: {env: PAGER_KEY},
                                failover: mail, failoverAfter: 90s, rate: 30/m}
                        chat: {type: slack, url: "${SLACK_URL}"}
                        hook: {type: webhook, url: "https://example.com/hook", secret: {secretsManager: evenkeel/hook}}
                        mail: {type: email, host: smtp.example.com, port: 2525, tls: implicit, from: evenkeel@example.com,
                               to: [ops@example.com, lead@example.com], user: evenkeel, password: {env: MAIL_PASSWORD}}
                        people: {type: sns, topicArn: "arn:aws:sns:r:1:t"}
                        bus: {type: eventbridge, bus: evenkeel}
                        deadman: {type: heartbeat, url: {env: DEADMAN_URL}}
                        metric: {type: cloudwatch, namespace: Ops/Search, metric: Alive, deployment: blue}
                      route:
                        channels: [chat]
                        groupBy: [cluster, zone]
                        groupWait: 1s
                        groupInterval: 2s
                        remind: 3m
                        repeat: 4h
                        escalate: [{after: 5m, channels: [pager]}, {after: 10m, channels: [mail]}]
                        routes:
                          - match: ['severity=page']
                            hours: {days: mon-fri, from: "08:00", to: "18:00", zone: Europe/Berlin}
                            channels: [pager, chat]
                            continue: true
                            routes:
                              - {match: ['name=~Node.*', 'zone!=z1'], remind: 1h, escalate: []}
                          - {hours: {days: "sat,sun"}, groupBy: [], channels: []}
                      heartbeat: {channels: [deadman], every: 30s}
                      testPage: {channels: [pager], at: "09:00", days: mon-fri, zone: Europe/Berlin}
                      inhibit: [{sources: [ClusterFailed], targets: [NodeDown, NodeUnknown], equal: [cluster]}]
                      links:
                        - {text: Runbook, url: "https://runbooks.example.com/{name}"}
                        - {text: Dashboard, url: "https://{cluster}.example.com/d?incident={incident}"}
                    """;

    private static Alerts parse(String text) {
        var environment = Map.of("PAGER_KEY", "key-of-pager", "SLACK_URL", "https://hooks.example.com/T/B/token",
                "MAIL_PASSWORD", "password-of-mail", "DEADMAN_URL", "https://beat.example.com/token");
        return ConfigFile.parse("evenkeel.yaml", text, name -> Optional.ofNullable(environment.get(name))).alerts();
    }

    private static void complains(String alerts, String... parts) {
        assertThatThrownBy(() -> parse(BASE + alerts)).isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(parts);
    }

    private static Alerts.Channel channel(Alerts alerts, String name) {
        return Objects.requireNonNull(alerts.channels().get(name));
    }

    private static <T extends ChannelConfig> T config(Alerts alerts, String name, Class<T> type) {
        return type.cast(channel(alerts, name).config());
    }

    @Test
    void withoutAWordNobodyIsTold() {
        var alerts = parse(BASE);
        var nobody = NotificationPolicy.nobody();
        assertThat(alerts.channels()).isEmpty();
        assertThat(alerts.policy()).isEqualTo(new NotificationPolicy(nobody.route(), nobody.inhibitions(),
                Optional.empty(), Optional.empty(), List.of(),
                Map.of(new ClusterId("primary"), "search,logs", new ClusterId("standby"), "search,logs")));
    }

    @Test
    void theDefaultsAreThoseOfTheRules() {
        var alerts = parse(
                BASE + """
                        alerts:
                          channels: {mail: {type: email, host: h, from: a@b.example, to: [c@d.example]}, p: {type: pagerduty, routingKey: {env: PAGER_KEY}}}
                          route: {channels: [mail], routes: [{match: ['cluster=primary']}]}
                          heartbeat: {channels: [mail]}
                          testPage: {channels: [mail], at: "07:30"}
                        """);
        var usual = NotificationPolicy.nobody();
        assertThat(channel(alerts, "mail").terms()).isEqualTo(Terms.DEFAULT);
        assertThat(config(alerts, "mail", Email.class)).isEqualTo(new Email("h", 587, Email.Tls.STARTTLS, "a@b.example",
                List.of("c@d.example"), Optional.empty()));
        assertThat(config(alerts, "p", PagerDuty.class).url())
                .isEqualTo(URI.create("https://events.pagerduty.com"));
        var route = alerts.policy().route();
        assertThat(route.groupBy()).isEqualTo(usual.route().groupBy());
        assertThat(route.pace()).isEqualTo(Route.Pace.DEFAULT);
        assertThat(route.escalation()).isEmpty();
        assertThat(alerts.policy().inhibitions()).isEqualTo(Inhibition.DEFAULTS);
        assertThat(alerts.policy().heartbeat()).get().extracting(NotificationPolicy.Heartbeat::every)
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(alerts.policy().testPage()).contains(new TestPage(List.of("mail"), LocalTime.of(7, 30),
                EnumSet.allOf(DayOfWeek.class), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({"evenkeel., evenkeel", "team-a.search., team-a.search", "'', evenkeel", "._-, evenkeel", "x, x"})
    void aDeploymentIsCalledAsItsTopicsWhereNothingElseIsSaid(String prefix, String deployment) {
        var alerts = parse(BASE.replace("kafka: {", "kafka: {topicPrefix: '" + prefix + "', ")
                + "alerts: {channels: {beat: {type: cloudwatch}}, route: {channels: []}, heartbeat: {channels: [beat]}}\n");
        assertThat(config(alerts, "beat", CloudWatch.class).metric())
                .isEqualTo(new AwsChannels.Metric("Evenkeel", "PipelineHeartbeat", deployment));
    }

    @Test
    void everyChannelIsRead() {
        var alerts = parse(EVERYTHING);
        assertThat(alerts.channels().keySet()).containsExactly("bus", "chat", "deadman", "hook", "mail", "metric",
                "pager", "people");
        assertThat(channel(alerts, "pager").terms()).isEqualTo(new Terms(Optional.of("mail"),
                Duration.ofSeconds(90), new Rate(Duration.ofSeconds(2), Rate.DEFAULT.burst())));
        var pager = config(alerts, "pager", PagerDuty.class);
        assertThat(pager.url()).isEqualTo(URI.create("https://events.eu.pagerduty.com"));
        assertThat(pager.routingKey().value()).isEqualTo("key-of-pager");
        assertThat(pager.routingKey().source()).isEqualTo("environment variable PAGER_KEY");
        assertThat(config(alerts, "chat", Slack.class).url().value()).isEqualTo("https://hooks.example.com/T/B/token");
        var hook = config(alerts, "hook", Webhook.class);
        assertThat(hook.url().value()).isEqualTo("https://example.com/hook");
        assertThat(hook.secret().source()).isEqualTo("AWS Secrets Manager, evenkeel/hook");
        var mail = config(alerts, "mail", Email.class);
        assertThat(mail).isEqualTo(new Email("smtp.example.com", 2525, Email.Tls.IMPLICIT, "evenkeel@example.com",
                List.of("ops@example.com", "lead@example.com"), mail.login()));
        assertThat(mail.login()).get().satisfies(login -> {
            assertThat(login.user()).isEqualTo("evenkeel");
            assertThat(login.password().value()).isEqualTo("password-of-mail");
        });
        assertThat(config(alerts, "people", Sns.class)).isEqualTo(new Sns("arn:aws:sns:r:1:t"));
        assertThat(config(alerts, "bus", EventBridge.class)).isEqualTo(new EventBridge("evenkeel"));
        assertThat(config(alerts, "deadman", DeadManSwitch.class).url().value())
                .isEqualTo("https://beat.example.com/token");
        assertThat(config(alerts, "metric", CloudWatch.class).metric())
                .isEqualTo(new AwsChannels.Metric("Ops/Search", "Alive", "blue"));
        assertThat(alerts.channels().values().stream().map(each -> each.config().type())).containsExactly("eventbridge",
                "slack", "heartbeat", "webhook", "email", "cloudwatch", "pagerduty", "sns");
    }

    @Test
    void linksAreRead() {
        assertThat(parse(EVERYTHING).policy().links()).containsExactly(
                new LinkTemplate("Runbook", "https://runbooks.example.com/{name}"),
                new LinkTemplate("Dashboard", "https://{cluster}.example.com/d?incident={incident}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{url: 'https://a.example'}| [0].text: is missing, and has no default",
            "{text: Runbook}| [0].url: is missing, and has no default",
            "{text: Runbook, url: 'https://a.example/{nmae}'}| [0].url: has {nmae}; there are: {incident}, {name}, {severity}",
            "{text: Runbook, url: 'runbooks/{name}'}| [0].url: must be an http:// or https:// address",
            "{text: Runbook, url: 'https://a.example/a b'}| [0].url: must be an http:// or https:// address",
            "{text: Runbook, url: 'https://a.example', icon: x}| [0].icon: is not a key here"})
    void whatIsWrongWithALinkIsSaidWithLineAndKey(String link, String complaint) {
        complains("""
                alerts:
                  route: {channels: []}
                  links: [%s]
                """.formatted(link), "evenkeel.yaml:10:", "alerts.links" + complaint.strip());
    }

    @Test
    void everyRouteIsReadAndInheritsWhatItLeavesOut() {
        var policy = parse(EVERYTHING).policy();
        var pace = new Route.Pace(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMinutes(3),
                Duration.ofHours(4));
        var steps = List.of(new Route.Step(Duration.ofMinutes(5), List.of("pager")),
                new Route.Step(Duration.ofMinutes(10), List.of("mail")));
        var groupBy = List.of("cluster", "zone");
        var root = policy.route();
        assertThat(root)
                .isEqualTo(new Route("route", List.of(), Optional.empty(), List.of("chat"), groupBy, pace, steps,
                        false, root.routes()));
        var pages = root.at("route.routes[0]").orElseThrow();
        assertThat(pages.matchers()).extracting(Matcher::toString).containsExactly("severity=page");
        assertThat(pages).isEqualTo(new Route("route.routes[0]", pages.matchers(),
                Optional.of(new Hours(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(8, 0),
                        LocalTime.of(18, 0), ZoneId.of("Europe/Berlin"))),
                List.of("pager", "chat"), groupBy, pace, steps, true, pages.routes()));
        var nodes = root.at("route.routes[0].routes[0]").orElseThrow();
        assertThat(nodes.matchers()).extracting(Matcher::toString).containsExactly("name=~Node.*", "zone!=z1");
        assertThat(nodes.channels()).containsExactly("pager", "chat");
        assertThat(nodes.pace()).isEqualTo(
                new Route.Pace(pace.groupWait(), pace.groupInterval(), Duration.ofHours(1), pace.repeat()));
        assertThat(nodes.escalation()).isEmpty();
        assertThat(nodes.hours()).isEmpty();
        var weekend = root.at("route.routes[1]").orElseThrow();
        assertThat(weekend.hours()).contains(new Hours(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT, ZoneOffset.UTC));
        assertThat(weekend.channels()).isEmpty();
        assertThat(weekend.groupBy()).isEmpty();
        assertThat(policy.heartbeat())
                .contains(new NotificationPolicy.Heartbeat(List.of("deadman"), Duration.ofSeconds(30)));
        assertThat(policy.testPage()).contains(new TestPage(List.of("pager"), LocalTime.of(9, 0),
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), ZoneId.of("Europe/Berlin")));
        assertThat(policy.inhibitions()).containsExactly(
                new Inhibition(Set.of("ClusterFailed"), Set.of("NodeDown", "NodeUnknown"), List.of("cluster")));
    }

    @Test
    void aSecretIsNeverShown(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("key"), "  key-in-file\n");
        var alerts = parse(BASE + """
                alerts:
                  channels: {pager: {type: pagerduty, routingKey: {file: %s}}, chat: {type: slack, url: "${SLACK_URL}"},
                             hook: {type: webhook, url: "https://example.com/token", secret: {env: NOT_SET}}}
                  route: {channels: []}
                """.formatted(file));
        assertThat(config(alerts, "pager", PagerDuty.class).routingKey().value()).isEqualTo("key-in-file");
        assertThat(alerts.toString()).contains("secret from file " + file).doesNotContain("key-in-file")
                .doesNotContain("token");
    }

    @Test
    void aVariableThatIsNotSetFailsWhenItIsUsedAndNotBefore() {
        var alerts = parse(BASE + """
                alerts: {channels: {p: {type: pagerduty, routingKey: {env: NOT_SET}}}, route: {channels: [p]}}
                """);
        assertThatThrownBy(() -> config(alerts, "p", PagerDuty.class).routingKey().value())
                .isInstanceOf(IllegalStateException.class).hasMessage("environment variable NOT_SET is not set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{type: pagerduty, routingKey: hidden}| routingKey: is a secret",
            "{type: slack, url: 'https://hooks.example.com/hidden'}| url: is a secret",
            "{type: slack, url: '${X:-hidden}'}| url: is a secret",
            "{type: slack, url: '${NOT_SET}'}| url: environment variable NOT_SET is not set",
            "{type: slack, url: {env: A, file: hidden}}| url: must have exactly one of env, file and secretsManager",
            "{type: slack, url: {}}| url: must have exactly one of env, file and secretsManager",
            "{type: slack}| url: is missing", "{type: webhook, url: 'ftp://hidden'}| url: must be an http:// or",
            "{type: webhook}| url: is missing",
            "{type: webhook, url: 'http://a', secret: hidden}| secret: is a secret",
            "{type: email, host: h, from: a@b, to: [c@d], user: u, password: hidden}| password: is a secret",
            "{type: email, host: h, from: a@b, to: [c@d], user: u}| password: user and password go together",
            "{type: email, host: h, from: a@b, to: []}| to: must list at least one address",
            "{type: email, host: h, from: nobody, to: [c@d]}| from: must be an address",
            "{type: email, host: h, to: [c@d]}| from: is missing",
            "{type: email, host: h, from: a@b, to: [c@d], tls: none, user: u, password: {env: P}}| tls: must not be none",
            "{type: sms}| type: must be one of pagerduty, slack, webhook, email, sns, eventbridge, heartbeat, cloudwatch, was 'sms'",
            "{type: cloudwatch, namespace: AWS/EC2}| namespace: must be at most 255 of letters",
            "{type: cloudwatch, metric: ''}| metric: must be at most 255 printable ASCII characters",
            "{type: cloudwatch, deployment: ':a'}| deployment: must be at most 1024 printable ASCII characters",
            "{type: cloudwatch, url: a}| url: is not a key here",
            "{topicArn: a}| type: is missing", "{type: sns}| topicArn: is missing",
            "{type: sns, topicArn: a, bus: b}| bus: is not a key here",
            "{type: sns, topicArn: a, rate: 0/s}| rate: must be 1 to 9999 per second, minute or hour",
            "{type: sns, topicArn: a, rate: fast}| rate: must be 1 to 9999 per second, minute or hour",
            "{type: sns, topicArn: a, failoverAfter: 0s}| failoverAfter: must be a duration from 1s to 1h"})
    void whatIsWrongWithAChannelIsSaidWithLineAndKey(String channel, String complaint) {
        assertThatThrownBy(
                () -> parse(BASE + "alerts:\n  channels:\n    it: " + channel + "\n  route: {channels: []}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("evenkeel.yaml:10:", "alerts.channels.it." + complaint.strip())
                .hasMessageNotContaining("hidden");
    }

    @Test
    void failoversMustLeadSomewhere() {
        complains("""
                alerts:
                  channels:
                    a: {type: sns, topicArn: t, failover: b}
                    b: {type: sns, topicArn: t, failover: c}
                    c: {type: sns, topicArn: t, failover: b}
                    d: {type: sns, topicArn: t, failover: nobody}
                    e: {type: sns, topicArn: t, failover: beat}
                    f: {type: sns, topicArn: t, failover: f}
                    g: {type: sns, topicArn: t, failover: metric}
                    metric: {type: cloudwatch}
                    beat: {type: heartbeat, url: {env: DEADMAN_URL}}
                    "no name!": {type: sns, topicArn: t}
                  route: {channels: []}
                """, "evenkeel.yaml:10:43: alerts.channels.a.failover: must not come back", "a -> b -> c -> b",
                "evenkeel.yaml:13:43: alerts.channels.d.failover: must name another channel in this file (a, b, beat, c",
                "was 'nobody'", "alerts.channels.e.failover: must not be a dead-man's switch",
                "alerts.channels.g.failover: must not be a dead-man's switch, which takes heartbeats only, was 'metric'",
                "alerts.channels.f.failover: must not come back to a channel before it: f -> f",
                "alerts.channels: a channel's name must be 1 to 64 of letters");
    }

    @Test
    void whatIsWrongWithRoutesIsSaidWithLineAndKey() {
        complains(
                """
                        alerts:
                          channels: {a: {type: sns, topicArn: t}, beat: {type: heartbeat, url: {env: DEADMAN_URL}}, metric: {type: cloudwatch}}
                          route:
                            groupBy: [clutser]
                            escalate:
                              - {after: 5m, channels: [beat]}
                              - {after: 4m, channels: []}
                              - {channels: [a]}
                            routes:
                              - {channels: [a, b]}
                              - {match: ['zone=z1'], channels: [metric]}
                              - {match: ['severity is page', 'severty=page', 'zone=~(']}
                              - {hours: {days: mon-fry, from: "8", zone: Berlin}}
                          heartbeat: {channels: [b]}
                          inhibit: [{sources: [Nonsense], targets: [], equal: [x]}]
                        """,
                "evenkeel.yaml:11:5: alerts.route.channels: is missing",
                "evenkeel.yaml:11:14: alerts.route.groupBy: label must be one of name, severity, cluster, service, zone, node, vantage, channel, was 'clutser'",
                "evenkeel.yaml:13:31: alerts.route.escalate[0].channels: must not list a dead-man's switch",
                "evenkeel.yaml:14:17: alerts.route.escalate[1].after: must be later than the step before it (5m), was 4m",
                "alerts.route.escalate[1].channels: must list at least one channel",
                "alerts.route.escalate[2].after: is missing",
                "alerts.route.routes[0].channels: must list channels of this file (a, beat, metric), was 'b'",
                "alerts.route.routes[0].match: must have a condition, or hours",
                "alerts.route.routes[1].channels: must not list a dead-man's switch, which takes heartbeats only, was 'metric'",
                "alerts.route.routes[2].match: must be LABEL=VALUE",
                "alerts.route.routes[2].match: label must be one of", "was 'severty'",
                "alerts.route.routes[2].match: is no regular expression",
                "alerts.route.routes[3].hours.days: must be days and ranges of them", "was 'mon-fry'",
                "alerts.route.routes[3].hours.from: must be a time of day",
                "alerts.route.routes[3].hours.zone: must be a time zone", "was 'Berlin'",
                "alerts.heartbeat.channels: must list channels of this file (a, beat, metric), was 'b'",
                "alerts.inhibit[0].sources: must list names of alerts (NodeDown, ", "was 'Nonsense'",
                "alerts.inhibit[0].targets: must list names of alerts",
                "alerts.inhibit[0].equal: label must be one of");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{channels: [a]}| at: is missing, and has no default",
            "{channels: [a], at: 9}| at: must be a time of day from 00:00 to 23:59",
            "{at: '09:00'}| channels: must list",
            "{channels: [a], at: '24:00'}| at: must be a time of day from 00:00 to 23:59",
            "{channels: [b], at: '09:00'}| channels: must list channels of this file (a, beat, metric), was 'b'",
            "{channels: [beat], at: '09:00'}| channels: must not list a dead-man's switch",
            "{channels: [metric], at: '09:00'}| channels: must not list a dead-man's switch",
            "{channels: [a], at: '09:00', days: monday}| days: must be days and ranges of them",
            "{channels: [a], at: '09:00', zone: Berlin}| zone: must be a time zone",
            "{channels: [a], at: '09:00', every: 1d}| every: is not a key here"})
    void whatIsWrongWithATestPageIsSaidWithLineAndKey(String page, String complaint) {
        complains(
                """
                        alerts:
                          channels: {a: {type: sns, topicArn: t}, beat: {type: heartbeat, url: {env: DEADMAN_URL}}, metric: {type: cloudwatch}}
                          route: {channels: []}
                          testPage: %s
                        """
                        .formatted(page),
                "evenkeel.yaml:11:", "alerts.testPage." + complaint.strip());
    }

    @Test
    void hoursMayGoOverMidnightAndOverTheWeekend() {
        var route = parse(
                BASE + """
                        alerts:
                          channels: {a: {type: sns, topicArn: t}}
                          route: {channels: [], routes: [{hours: {days: "fri-mon, wed", from: "18:00", to: "24:00"}, channels: [a]}]}
                        """)
                .policy().route().routes().getFirst();
        assertThat(route.hours()).contains(new Hours(EnumSet.complementOf(EnumSet.of(DayOfWeek.TUESDAY,
                DayOfWeek.THURSDAY)), LocalTime.of(18, 0), LocalTime.MIDNIGHT, ZoneOffset.UTC));
    }

    @Test
    void theFullExampleOfTheDocumentationIsGood() throws Exception {
        var text = Files.readString(Path.of("../../docs/configuration.md"));
        var example = text.substring(text.indexOf("```yaml", text.indexOf("## A full example")) + 8);
        var config = ConfigFile.parse("configuration.md", example.substring(0, example.indexOf("```")),
                _ -> Optional.of("x"));
        assertThat(config.alerts().channels()).containsKeys("pager", "chat", "hook", "mail", "deadman");
    }
}
