package io.evenkeel.core.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something a person should know.
 *
 * @param key one key from first symptom to resolved; a repeat of (key, sequence) is the same alert
 * @param sequence counts up per key from 1
 * @param subject {@code cluster/node}, cluster or service
 * @param labels what routes, silences and inhibition go by, see {@link Labels}
 * @param title at most 100 characters, no line breaks (SNS' rule for a subject)
 * @param lines what happened, what was done, what was not and why, the command to type next
 * @param since when the trouble began
 * @param at append time of the record that caused this alert
 */
public record Alert(String key, int sequence, Status status, Severity severity, String subject,
        SortedMap<String, String> labels, String title, List<String> lines, Instant since, Instant at) {

    /** Pages first, then what began first. */
    public static final Comparator<Alert> LOUDEST_FIRST = Comparator.comparing(Alert::severity)
            .thenComparing(Alert::since).thenComparing(Alert::key);

    private static final int MAX_TITLE = 100;

    public enum Status {
        FIRING, RESOLVED
    }

    public enum Severity {
        /** Wake somebody. */
        PAGE, WARN, INFO;

        /** As configuration has it: {@code page}, {@code warn}, {@code info}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Alert {
        if (title.length() > MAX_TITLE || title.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("alert title must be one line of at most 100 characters: " + title);
        }
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        lines = List.copyOf(lines);
    }

    /** What may be a title: in one line, and cut where it is too long. */
    public static String fittingTitle(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return line.length() <= MAX_TITLE ? line : line.substring(0, MAX_TITLE - 3) + "...";
    }

    /** With one more label. */
    public Alert with(String label, String value) {
        var more = new TreeMap<>(labels);
        more.put(label, value);
        return new Alert(key, sequence, status, severity, subject, more, title, lines, since, at);
    }

    /** A label's value, {@link Labels#SEVERITY} included; empty when it has none. */
    public String label(String name) {
        return name.equals(Labels.SEVERITY) ? severity.label() : labels.getOrDefault(name, "");
    }
}
