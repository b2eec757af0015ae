package io.evenkeel.cli.config;

import io.evenkeel.cli.config.EvenkeelConfig.Service;
import io.evenkeel.core.alert.AlertName;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.notification.Inhibition;
import io.evenkeel.core.notification.LinkTemplate;
import io.evenkeel.core.notification.NotificationPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of {@code alerts}. */
final class AlertsReader {

    private static final List<String> NAMES = Stream.of(AlertName.values()).map(AlertName::label).toList();

    private static final int MAX_LINKS = 5;
    private static final int MAX_LINK_TEXT = 50;
    private static final int MAX_LINK_URL = 500;

    private final List<Service> services;
    private final String topicPrefix;

    /** @param topicPrefix of Kafka */
    AlertsReader(List<Service> services, String topicPrefix) {
        this.services = services;
        this.topicPrefix = topicPrefix;
    }

    /** Where the file does not speak of alerts, nobody is told. */
    Alerts none() {
        var usual = NotificationPolicy.nobody();
        return new Alerts(new NotificationPolicy(usual.route(), usual.inhibitions(), usual.heartbeat(),
                usual.testPage(), usual.links(), servicesByCluster()), new TreeMap<>());
    }

    Alerts read(Section section) {
        var usual = NotificationPolicy.nobody();
        var channels = new ChannelReader(topicPrefix).read(section);
        var routes = new RouteReader(channels);
        var policy = new NotificationPolicy(routes.root(section.section("route"), usual.route()),
                section.has("inhibit") ? inhibitions(section) : usual.inhibitions(),
                section.has("heartbeat")
                        ? Optional.of(heartbeat(section.section("heartbeat"), routes, channels))
                        : Optional.empty(),
                section.has("testPage") ? Optional.of(routes.testPage(section.section("testPage"))) : Optional.empty(),
                links(section), servicesByCluster());
        section.nothingElse();
        return new Alerts(policy, channels);
    }

    private Map<ClusterId, String> servicesByCluster() {
        var names = new HashMap<ClusterId, String>();
        for (var service : services) {
            Stream.of(service.primary(), service.standby()).distinct()
                    .forEach(cluster -> names.merge(cluster, service.id().value(), (all, next) -> all + "," + next));
        }
        return names;
    }

    private static NotificationPolicy.Heartbeat heartbeat(Section section, RouteReader routes,
            SortedMap<String, Alerts.Channel> channels) {
        var heartbeat = new NotificationPolicy.Heartbeat(routes.known(section, "channels"), section.duration("every",
                Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofHours(1)));
        if (heartbeat.channels().isEmpty()) {
            section.complain("channels", "must list at least one channel of this file ("
                    + String.join(", ", channels.keySet()) + ")");
        }
        section.nothingElse();
        return heartbeat;
    }

    private static List<LinkTemplate> links(Section section) {
        var links = section.sections("links").stream().map(AlertsReader::link).toList();
        if (links.size() > MAX_LINKS) {
            section.complain("links", "must be at most " + MAX_LINKS + ", were " + links.size());
        }
        return links;
    }

    private static LinkTemplate link(Section section) {
        var link = new LinkTemplate(section.text("text"), section.text("url"));
        if (link.text().length() > MAX_LINK_TEXT) {
            section.complain("text", "must have at most " + MAX_LINK_TEXT + " characters");
        }
        link.names().stream().filter(name -> !LinkTemplate.NAMES.contains(name)).findFirst()
                .ifPresent(name -> section.complain("url", "has {" + name + "}; there are: "
                        + LinkTemplate.NAMES.stream().map(known -> "{" + known + "}")
                                .collect(Collectors.joining(", "))));
        if (section.has("url") && (link.url().length() > MAX_LINK_URL
                || Section.toUrl(link.example()).isEmpty())) {
            section.complain("url", "must be an http:// or https:// address of at most " + MAX_LINK_URL
                    + " characters");
        }
        section.nothingElse();
        return link;
    }

    private static List<Inhibition> inhibitions(Section section) {
        return section.sections("inhibit").stream().map(AlertsReader::inhibition).toList();
    }

    private static Inhibition inhibition(Section section) {
        var equal = section.texts("equal");
        RouteReader.checkLabels(section, "equal", equal);
        var inhibition = new Inhibition(names(section, "sources"), names(section, "targets"), equal);
        section.nothingElse();
        return inhibition;
    }

    private static Set<String> names(Section section, String key) {
        var names = section.texts(key);
        if (names.isEmpty() || !NAMES.containsAll(names)) {
            section.complain(key, "must list names of alerts (" + String.join(", ", NAMES) + ")"
                    + names.stream().filter(name -> !NAMES.contains(name)).findFirst()
                            .map(name -> ", was '" + name + "'").orElse(""));
        }
        return new TreeSet<>(names);
    }
}
