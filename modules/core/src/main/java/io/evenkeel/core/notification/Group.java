package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Sorted;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Alerts that are told together, as one incident.
 *
 * @param key route and values of its labels
 * @param route path of its route
 * @param incident the key of the alert that was told first; with a number behind it when that is an incident of another
 *     group; empty before that
 * @param labels what it is grouped by
 * @param members by alert key, the sequence that was told; 0: none yet
 * @param openedAt when its first alert came
 * @param told what was told of it last
 * @param acknowledgedBy who looks at it; empty: nobody
 */
public record Group(String key, String route, String incident, SortedMap<String, String> labels,
        SortedMap<String, Integer> members, Instant openedAt, Told told, String acknowledgedBy) {

    /**
     * @param sequence of the last notification; 0: none yet
     * @param severity of the last one
     * @param firstAt when its first notification was sent
     * @param lastAt when its last one was sent
     * @param steps of escalation that were taken
     */
    public record Told(int sequence, Alert.Severity severity, Instant firstAt, Instant lastAt, int steps) {
        static final Told NOTHING = new Told(0, Alert.Severity.INFO, Instant.EPOCH, Instant.EPOCH, 0);
    }

    public Group {
        labels = Collections.unmodifiableSortedMap(labels);
        members = Collections.unmodifiableSortedMap(members);
    }

    static Group opened(String key, Route route, SortedMap<String, String> labels, Instant now) {
        return new Group(key, route.path(), "", labels, new TreeMap<>(), now, Told.NOTHING, "");
    }

    boolean wasTold() {
        return told.sequence() > 0;
    }

    boolean isAcknowledged() {
        return !acknowledgedBy.isEmpty();
    }

    boolean has(String alert) {
        return members.containsKey(alert);
    }

    boolean wasTold(String alert) {
        return members.getOrDefault(alert, 0) > 0;
    }

    Group joined(String alert) {
        return has(alert) ? this : with(Sorted.put(members, alert, 0));
    }

    Group left(String alert) {
        return with(Sorted.without(members, alert));
    }

    Group with(SortedMap<String, Integer> nextMembers) {
        return new Group(key, route, incident, labels, nextMembers, openedAt, told, acknowledgedBy);
    }

    Group told(Alert.Severity severity, int steps, Instant now) {
        return new Group(key, route, incident, labels, members, openedAt,
                new Told(told.sequence() + 1, severity, wasTold() ? told.firstAt() : now, now, steps), acknowledgedBy);
    }

    Group named(String name) {
        return new Group(key, route, name, labels, members, openedAt, told, acknowledgedBy);
    }

    Group acknowledged(String by) {
        return new Group(key, route, incident, labels, members, openedAt, told, by);
    }

    /** What an acknowledgement was about has grown: the delays of escalation begin anew. */
    Group reopened(Instant now) {
        return new Group(key, route, incident, labels, members, openedAt,
                new Told(told.sequence(), told.severity(), now, told.lastAt(), 0), "");
    }
}
