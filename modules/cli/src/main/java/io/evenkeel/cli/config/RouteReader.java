package io.evenkeel.cli.config;

import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.notification.Hours;
import io.evenkeel.core.notification.Matcher;
import io.evenkeel.core.notification.Route;
import io.evenkeel.core.notification.TestPage;
import io.evenkeel.core.time.Durations;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code alerts.route}, where what a route leaves out comes from the one around it, and of a test page. */
final class RouteReader {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final Map<String, Alerts.Channel> channels;

    /** @param channels that there are */
    RouteReader(Map<String, Alerts.Channel> channels) {
        this.channels = channels;
    }

    /** @param usual what it is without a word */
    Route root(Section section, Route usual) {
        if (!section.has("channels")) {
            section.complain("channels",
                    "is missing: list the channels for what no route of its own matches; may be empty, []");
        }
        return read(section, usual.path(), usual, List.of(), Optional.empty(), false);
    }

    private Route child(Section section, String path, Route parent) {
        var matchers = matchers(section);
        var hours = section.has("hours") ? Optional.of(hours(section.section("hours"))) : Optional.<Hours>empty();
        if (matchers.isEmpty() && hours.isEmpty()) {
            section.complain("match", "must have a condition, or hours; without, all alerts would end here");
        }
        return read(section, path, parent, matchers, hours, section.flag("continue", false));
    }

    private Route read(Section section, String path, Route parent, List<Matcher> matchers, Optional<Hours> hours,
            boolean goesOn) {
        var own = new Route(path, matchers, hours,
                section.has("channels") ? channelNames(section, "channels") : parent.channels(),
                section.has("groupBy") ? groupBy(section) : parent.groupBy(), pace(section, parent.pace()),
                section.has("escalate") ? escalation(section) : parent.escalation(), goesOn, List.of());
        var children = new ArrayList<Route>();
        for (var each : section.sections("routes")) {
            children.add(child(each, path + ".routes[" + children.size() + "]", own));
        }
        section.nothingElse();
        return new Route(path, matchers, hours, own.channels(), own.groupBy(), own.pace(), own.escalation(), goesOn,
                children);
    }

    private static Route.Pace pace(Section section, Route.Pace usual) {
        return new Route.Pace(section.duration("groupWait", usual.groupWait(), Duration.ZERO, HOUR),
                section.duration("groupInterval", usual.groupInterval(), SECOND, DAY),
                section.duration("remind", usual.remind(), SECOND, MONTH),
                section.duration("repeat", usual.repeat(), SECOND, MONTH));
    }

    /** Names of channels for alerts: a dead-man's switch is none. */
    private List<String> channelNames(Section section, String key) {
        var names = known(section, key);
        names.stream().filter(name -> channel(name).filter(ChannelConfig::takesHeartbeatsOnly).isPresent())
                .findFirst().ifPresent(name -> section.complain(key,
                        "must not list a dead-man's switch, which takes heartbeats only, was '" + name + "'"));
        return names;
    }

    /** Names of channels that there are. */
    List<String> known(Section section, String key) {
        var names = section.texts(key);
        names.stream().filter(name -> channel(name).isEmpty()).findFirst().ifPresent(name -> section.complain(key,
                "must list channels of this file (" + String.join(", ", channels.keySet()) + "), was '" + name + "'"));
        return names.stream().distinct().toList();
    }

    private Optional<ChannelConfig> channel(String name) {
        return Optional.ofNullable(channels.get(name)).map(Alerts.Channel::config);
    }

    private static List<String> groupBy(Section section) {
        var labels = section.texts("groupBy");
        checkLabels(section, "groupBy", labels);
        return labels;
    }

    static void checkLabels(Section section, String key, List<String> labels) {
        // A misspelt one would never match.
        labels.stream().filter(label -> !Labels.ALL.contains(label)).findFirst()
                .ifPresent(label -> section.complain(key, "label must be one of " + String.join(", ", Labels.ALL)
                        + ", was '" + label + "'"));
    }

    private static List<Matcher> matchers(Section section) {
        var matchers = new ArrayList<Matcher>();
        for (String text : section.texts("match")) {
            try {
                var matcher = Matcher.parse(text);
                checkLabels(section, "match", List.of(matcher.label()));
                matchers.add(matcher);
            } catch (IllegalArgumentException refused) {
                section.complain("match", refused.getMessage() + ", was '" + text + "'");
            }
        }
        return matchers;
    }

    private List<Route.Step> escalation(Section section) {
        var steps = new ArrayList<Route.Step>();
        var before = Duration.ZERO;
        for (var each : section.sections("escalate")) {
            if (!each.has("after")) {
                each.complain("after", "is missing, and has no default");
            }
            var after = each.duration("after", before.plus(SECOND), SECOND, Duration.ofDays(7));
            if (after.compareTo(before) <= 0) {
                each.complain("after", "must be later than the step before it (" + Durations.text(before) + "), was "
                        + Durations.text(after));
            }
            var names = channelNames(each, "channels");
            if (names.isEmpty()) {
                each.complain("channels", "must list at least one channel");
            }
            each.nothingElse();
            steps.add(new Route.Step(after, names));
            before = after;
        }
        return steps;
    }

    private static Hours hours(Section section) {
        var hours = new Hours(days(section), time(section, "from"), time(section, "to"), zone(section));
        section.nothingElse();
        return hours;
    }

    TestPage testPage(Section section) {
        if (!section.has("at")) {
            section.complain("at", "is missing, and has no default; write a time of day, such as \"09:00\"");
        }
        var page = new TestPage(channelNames(section, "channels"),
                section.parsed("at", LocalTime.MIDNIGHT, "must be a time of day from 00:00 to 23:59, such as \"09:00\"",
                        RouteReader::time),
                days(section), zone(section));
        if (page.channels().isEmpty()) {
            section.complain("channels",
                    "must list at least one channel of this file (" + String.join(", ", channels.keySet()) + ")");
        }
        section.nothingElse();
        return page;
    }

    private static Set<DayOfWeek> days(Section section) {
        return section.parsed("days", EnumSet.allOf(DayOfWeek.class),
                "must be days and ranges of them, such as mon-fri or sat,sun", RouteReader::days);
    }

    private static ZoneId zone(Section section) {
        return section.parsed("zone", ZoneOffset.UTC, "must be a time zone, such as Europe/Berlin or UTC",
                RouteReader::zone);
    }

    private static LocalTime time(Section section, String key) {
        return section.parsed(key, LocalTime.MIDNIGHT, "must be a time of day from 00:00 to 24:00, such as \"08:30\"",
                text -> text.equals("24:00") ? Optional.of(LocalTime.MIDNIGHT) : time(text));
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException notAZone) {
            return Optional.empty();
        }
    }

    private static Optional<Set<DayOfWeek>> days(String text) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            var ends = part.strip().split("-", -1);
            int from = DAYS.indexOf(ends[0].strip());
            int to = DAYS.indexOf(ends[ends.length - 1].strip());
            if (from < 0 || to < 0 || ends.length > 2) {
                return Optional.empty();
            }
            for (int day = from;; day = (day + 1) % DAYS.size()) {
                days.add(DayOfWeek.of(day + 1));
                if (day == to) {
                    break;
                }
            }
        }
        return Optional.of(days);
    }
}
