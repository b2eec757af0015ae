package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node of the tree of routes, as Alertmanager has it: an alert goes to the deepest routes that match; among sisters
 * to the first one, and to further ones while each says {@code goesOn}. What configuration leaves out comes from the
 * parent, so here every value is there.
 *
 * @param path its place in the tree, such as {@code route.routes[1]}: its identity
 * @param matchers all must match
 * @param hours when it is open; empty: always
 * @param channels whom to tell at once
 * @param groupBy labels; alerts with equal values of them share one incident, one that has none of them is alone
 * @param pace when to tell
 * @param escalation further channels, soonest first
 * @param goesOn whether the next sister is asked too
 * @param routes its children
 */
public record Route(String path, List<Matcher> matchers, Optional<Hours> hours, List<String> channels,
        List<String> groupBy, Pace pace, List<Step> escalation, boolean goesOn, List<Route> routes) {

    /**
     * @param groupWait how long a group without a page waits for more of its kind before it is told first; a page never
     *     waits
     * @param groupInterval at least that long between two notifications of a group, unless it gets louder or is over
     * @param remind how long until a group that nobody has acknowledged is told again
     * @param repeat the same for a group that is acknowledged or no page
     */
    public record Pace(Duration groupWait, Duration groupInterval, Duration remind, Duration repeat) {
        public static final Pace DEFAULT = new Pace(Duration.ofSeconds(10), Duration.ofSeconds(30),
                Duration.ofMinutes(30), Duration.ofHours(4));
    }

    /**
     * @param after since the group was told first, while nobody acknowledges it
     * @param channels that are told from then on too
     */
    public record Step(Duration after, List<String> channels) {
        public Step {
            channels = List.copyOf(channels);
        }
    }

    public Route {
        matchers = List.copyOf(matchers);
        channels = List.copyOf(channels);
        groupBy = List.copyOf(groupBy);
        escalation = List.copyOf(escalation);
        routes = List.copyOf(routes);
    }

    /** Where an alert goes; empty when this one does not match. */
    public List<Route> of(Alert alert, Instant now) {
        if (!matchers.stream().allMatch(matcher -> matcher.matches(alert))
                || hours.filter(open -> !open.openAt(now)).isPresent()) {
            return List.of();
        }
        var found = new ArrayList<Route>();
        for (var child : routes) {
            var deeper = child.of(alert, now);
            found.addAll(deeper);
            if (!deeper.isEmpty() && !child.goesOn()) {
                break;
            }
        }
        return found.isEmpty() ? List.of(this) : found;
    }

    /** What an alert shares with others of its group, in the order of {@code groupBy}; empty: it is alone. */
    public Map<String, String> group(Alert alert) {
        var labels = new LinkedHashMap<String, String>();
        groupBy.stream().filter(label -> !alert.label(label).isEmpty())
                .forEach(label -> labels.put(label, alert.label(label)));
        return labels;
    }

    /** The route of that path, itself included. */
    public Optional<Route> at(String wanted) {
        return path.equals(wanted)
                ? Optional.of(this)
                : routes.stream().flatMap(child -> child.at(wanted).stream()).findFirst();
    }
}
