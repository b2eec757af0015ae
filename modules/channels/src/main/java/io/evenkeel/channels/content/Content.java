package io.evenkeel.channels.content;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.notification.Link;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a notification says to people, before a channel gives it a form. Every text is one line; nothing is escaped.
 *
 * @param headline why it is sent, and the title: at most {@value #MAX_HEADLINE} characters
 * @param facts what somebody asks first: state, since when, where, who looks at it
 * @param items the alerts, firing before resolved
 * @param more says how many alerts are not described; empty when all are
 * @param links where to look next
 * @param commands to type next; empty when there is nothing to do
 * @param footer which notification this is
 */
public record Content(String headline, List<Fact> facts, List<Item> items, String more, List<Link> links,
        List<String> commands, String footer) {

    /** A title has up to 100. */
    public static final int MAX_HEADLINE = 150;

    private static final int MAX_LINES = 64;
    private static final int MAX_LINE = 2000;

    public record Fact(String name, String value) {}

    /** @param lines what happened, what was done, what was not and why */
    public record Item(String title, String when, List<String> lines) {
        public Item {
            lines = List.copyOf(lines);
        }
    }

    public Content {
        facts = List.copyOf(facts);
        items = List.copyOf(items);
        links = List.copyOf(links);
        commands = List.copyOf(commands);
    }

    public static Content of(Notification notification) {
        return new Content(headline(notification), facts(notification),
                notification.alerts().stream().map(alert -> item(alert, notification.at())).toList(),
                more(notification), notification.links(),
                Commands.next(notification), "notification " + Texts.oneLine(notification.id()) + ", "
                        + Times.utc(notification.at()));
    }

    private static String headline(Notification notification) {
        String severity = notification.severity().label();
        String why = switch (notification.kind()) {
            case FIRING -> severity;
            case UPDATED -> severity + ", update";
            case REMINDER -> severity + ", still open";
            case ESCALATED -> severity + ", nobody has acknowledged it";
            case ACKNOWLEDGED -> severity + ", acknowledged";
            case RESOLVED -> "resolved";
            case TEST -> "test, nothing is wrong";
            case HEARTBEAT -> "heartbeat, nothing is wrong";
        };
        return Texts.cut("[" + why + "] " + Texts.oneLine(notification.title()), MAX_HEADLINE);
    }

    private static List<Fact> facts(Notification notification) {
        var facts = new ArrayList<Fact>();
        if (isTrouble(notification)) {
            facts.add(new Fact("state", state(notification)));
            facts.add(new Fact("since", Times.utc(notification.since()) + ", "
                    + (notification.kind() == Kind.RESOLVED ? "it took " : "for ")
                    + Times.between(notification.since(), notification.at())));
        }
        notification.labels().forEach((name, value) -> facts.add(new Fact(Texts.oneLine(name), Texts.oneLine(value))));
        if (!notification.by().isEmpty()) {
            facts.add(new Fact("acknowledged by", Texts.oneLine(notification.by())));
        }
        if (isTrouble(notification)) {
            facts.add(new Fact("incident", Texts.oneLine(notification.incident())));
        }
        return facts;
    }

    static boolean isTrouble(Notification notification) {
        return switch (notification.kind()) {
            case FIRING, UPDATED, REMINDER, ESCALATED, ACKNOWLEDGED, RESOLVED -> true;
            case TEST, HEARTBEAT -> false;
        };
    }

    private static String state(Notification notification) {
        return notification.resolved() == 0
                ? notification.firing() + " firing"
                : notification.firing() + " firing, " + notification.resolved() + " resolved";
    }

    /** What fires lasts until now; what is resolved lasted until it was told. */
    private static Item item(Alert alert, Instant now) {
        var until = switch (alert.status()) {
            case FIRING -> now;
            case RESOLVED -> alert.at();
        };
        return new Item(Texts.oneLine(alert.title()),
                alert.status().name().toLowerCase(Locale.ROOT) + ", " + alert.severity().label() + ", since "
                        + Times.utc(alert.since()) + ", " + Times.between(alert.since(), until),
                lines(alert.lines()));
    }

    /** Alerts keep a dozen; whatever else may come must not make a message that takes long to make. */
    private static List<String> lines(List<String> all) {
        var lines = new ArrayList<String>();
        all.stream().limit(MAX_LINES).forEach(line -> lines.add(Texts.oneLine(Texts.cut(line, MAX_LINE))));
        if (all.size() > MAX_LINES) {
            lines.add("and " + (all.size() - MAX_LINES) + " more lines");
        }
        return lines;
    }

    /** Firing and resolved apart: what fires counts more. */
    private static String more(Notification notification) {
        int firing = notification.firing() - shown(notification, Alert.Status.FIRING);
        int resolved = notification.resolved() - shown(notification, Alert.Status.RESOLVED);
        var parts = new ArrayList<String>();
        if (firing > 0) {
            parts.add("and " + firing + " more firing");
        }
        if (resolved > 0) {
            parts.add("and " + resolved + " more resolved");
        }
        return String.join(", ", parts);
    }

    private static int shown(Notification notification, Alert.Status status) {
        return (int) notification.alerts().stream().filter(alert -> alert.status() == status).count();
    }
}
