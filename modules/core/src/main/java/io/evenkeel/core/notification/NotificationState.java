package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Sorted;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the rules of notifications go on from.
 *
 * @param alerts by key: those that fire, and those that are over and were told, until that is told
 * @param groups by {@link Group#key}
 * @param silences of people, by their keys
 * @param heartbeats the last heartbeat's number and time, under one key; empty before the first
 * @param testPages the day of the last test page, by its zone, under one key; empty before the first
 */
public record NotificationState(SortedMap<String, Alert> alerts, SortedMap<String, Group> groups,
        SortedMap<String, Intent> silences, SortedMap<String, Beat> heartbeats,
        SortedMap<String, LocalDate> testPages) {

    private static final String LAST = "last";

    /** A heartbeat's number, from 1, and when it was sent. */
    public record Beat(int sequence, Instant at) {}

    public NotificationState {
        alerts = Collections.unmodifiableSortedMap(alerts);
        groups = Collections.unmodifiableSortedMap(groups);
        silences = Collections.unmodifiableSortedMap(silences);
        heartbeats = Collections.unmodifiableSortedMap(heartbeats);
        testPages = Collections.unmodifiableSortedMap(testPages);
    }

    public static NotificationState empty() {
        return new NotificationState(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(),
                new TreeMap<>());
    }

    Beat lastBeat() {
        return heartbeats.getOrDefault(LAST, new Beat(0, Instant.EPOCH));
    }

    NotificationState with(Alert alert) {
        return new NotificationState(Sorted.put(alerts, alert.key(), alert), groups, silences, heartbeats, testPages);
    }

    NotificationState withoutAlert(String key) {
        return new NotificationState(Sorted.without(alerts, key), groups, silences, heartbeats, testPages);
    }

    NotificationState with(Group group) {
        return new NotificationState(alerts, Sorted.put(groups, group.key(), group), silences, heartbeats, testPages);
    }

    NotificationState without(Group group) {
        return new NotificationState(alerts, Sorted.without(groups, group.key()), silences, heartbeats, testPages);
    }

    NotificationState with(Intent silence) {
        return new NotificationState(alerts, groups, Sorted.put(silences, silence.key(), silence), heartbeats,
                testPages);
    }

    NotificationState withoutSilence(String key) {
        return silences.containsKey(key)
                ? new NotificationState(alerts, groups, Sorted.without(silences, key), heartbeats, testPages)
                : this;
    }

    NotificationState with(Beat beat) {
        return new NotificationState(alerts, groups, silences, Sorted.put(heartbeats, LAST, beat), testPages);
    }

    boolean isTestedSince(LocalDate day) {
        return !testPages.getOrDefault(LAST, LocalDate.MIN).isBefore(day);
    }

    NotificationState withTestPage(LocalDate day) {
        return new NotificationState(alerts, groups, silences, heartbeats, Sorted.put(testPages, LAST, day));
    }
}
