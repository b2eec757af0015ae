package io.evenkeel.actions;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.alert.Alert;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An alert or the end of an action, as people and other systems are told of it.
 *
 * @param kind {@code alert} or {@code action-outcome}
 * @param recogniser a repeat carries the same one: announcing is at least once
 * @param key alert key, or serial key of the action
 * @param subject cluster/node, cluster or service
 * @param severity {@code page}, {@code warn} or {@code info}
 * @param title one line, at most 100 characters
 * @param text what a person reads
 * @param detail the same as fields; values are strings, numbers or lists of strings
 */
public record Announcement(String kind, String recogniser, String key, String subject, String severity, String title,
        String text, Map<String, Object> detail) {

    private static final int MAX_TITLE = 100;

    public Announcement {
        detail = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }

    /** EventBridge's detail-type: {@code Evenkeel Alert} or {@code Evenkeel Action Outcome}. */
    public String detailType() {
        return kind.equals("alert") ? "Evenkeel Alert" : "Evenkeel Action Outcome";
    }

    static Announcement of(Alert alert) {
        var severity = alert.severity().name().toLowerCase(Locale.ROOT);
        var recogniser = alert.key() + "#" + alert.sequence();
        var detail = new LinkedHashMap<String, Object>();
        detail.put("recogniser", recogniser);
        detail.put("key", alert.key());
        detail.put("sequence", alert.sequence());
        detail.put("status", alert.status().name());
        detail.put("severity", severity);
        detail.put("subject", alert.subject());
        detail.put("title", alert.title());
        detail.put("lines", alert.lines());
        detail.put("since", alert.since().toString());
        detail.put("at", alert.at().toString());
        var text = alert.status() + " since " + alert.since() + "\n" + String.join("\n", alert.lines());
        return new Announcement("alert", recogniser, alert.key(), alert.subject(), severity, oneLine(alert.title()),
                text,
                detail);
    }

    static Announcement of(ActionOutcome outcome) {
        var request = outcome.request();
        var severity = outcome.status().isEffective() ? "info" : "warn";
        var recogniser = request.id() + "#" + outcome.status();
        var subject = Commands.subject(request.command());
        var what = Commands.describe(request.command());
        var detail = new LinkedHashMap<String, Object>();
        detail.put("recogniser", recogniser);
        detail.put("requestId", request.id());
        detail.put("incident", request.incident());
        detail.put("status", outcome.status().name());
        detail.put("severity", severity);
        detail.put("subject", subject);
        detail.put("action", what);
        detail.put("detail", outcome.detail());
        detail.put("reason", request.reason());
        detail.put("owner", outcome.owner());
        detail.put("attempt", outcome.attempt());
        detail.put("at", outcome.at().toString());
        var text = what + ": " + outcome.status() + "\n" + outcome.detail() + "\nwhy: " + request.reason()
                + "\nincident: "
                + request.incident();
        return new Announcement("action-outcome", recogniser, request.serialKey(), subject, severity,
                oneLine(outcome.status() + ": " + what), text, detail);
    }

    /** Cuts by code points, so that no character is torn. */
    private static String oneLine(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        if (line.length() <= MAX_TITLE) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(MAX_TITLE - 2)) ? MAX_TITLE - 2 : MAX_TITLE - 1;
        return line.substring(0, end) + "…";
    }
}
