package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people are told, and over which channels. A repeat of (incident, sequence) is the same notification.
 *
 * @param incident one id from first symptom to resolved, whatever joins the group meanwhile; a pager's key
 * @param sequence counts up per incident from 1
 * @param kind why it is sent now
 * @param severity the highest of what fires; of what is over, as it was told last
 * @param channels names of the channels to send it over
 * @param title one line of at most 100 characters
 * @param labels what all of the group have in common: what it was grouped by
 * @param alerts at most {@value #MAX_ALERTS}: the loudest and oldest first, firing before resolved
 * @param firing how many fire, also those that {@code alerts} leaves out
 * @param resolved how many were told and are over, also those left out
 * @param by who acknowledged it; empty when nobody did
 * @param links where to look next
 * @param since when the oldest of its troubles began
 * @param at append time of the record that caused it
 */
public record Notification(String incident, int sequence, Kind kind, Alert.Severity severity, List<String> channels,
        SortedMap<String, String> labels, String title, List<Alert> alerts, int firing, int resolved, String by,
        List<Link> links, Instant since, Instant at) {

    /** What all heartbeats have for an incident. */
    public static final String HEARTBEATS = "heartbeat";

    /** Alerts that one notification describes. */
    public static final int MAX_ALERTS = 20;

    public enum Kind {
        /** The first of an incident. */
        FIRING,
        /** Something changed: more alerts, fewer, what was done or was not. */
        UPDATED,
        /** Nothing changed, and nobody has acknowledged it, or it has gone on for long. */
        REMINDER,
        /** Nobody has acknowledged it in time: further channels are told. */
        ESCALATED,
        /** Somebody looks at it. */
        ACKNOWLEDGED,
        /** All of it is over. */
        RESOLVED,
        /** Nothing is wrong: somebody tries the channel, or it is the day's test page. */
        TEST,
        /** The pipeline lives; for dead-man's switches, which act when it stays away. */
        HEARTBEAT
    }

    public Notification {
        if (title.length() > 100 || title.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "notification title must be one line of at most 100 characters: " + title);
        }
        channels = List.copyOf(channels);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        alerts = List.copyOf(alerts);
        links = List.copyOf(links);
    }

    /** A repeat has the same. */
    public String id() {
        return incident + "#" + sequence;
    }
}
