package io.evenkeel.core.alert;

import java.time.Instant;
import java.util.List;

/**
 * Something a person should know.
 *
 * @param key one key from first symptom to resolved; a repeat of (key, sequence) is the same alert
 * @param sequence counts up per key from 1
 * @param subject {@code cluster/node}, cluster or service
 * @param title at most 100 characters, no line breaks (SNS' rule for a subject)
 * @param lines what happened, what was done, what was not and why, the command to type next
 * @param since when the trouble began
 * @param at append time of the record that caused this alert
 */
public record Alert(String key, int sequence, Status status, Severity severity, String subject, String title,
        List<String> lines, Instant since, Instant at) {

    public enum Status {
        FIRING, RESOLVED
    }

    public enum Severity {
        /** Wake somebody. */
        PAGE, WARN, INFO
    }

    public Alert {
        if (title.length() > 100 || title.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("alert title must be one line of at most 100 characters: " + title);
        }
        lines = List.copyOf(lines);
    }
}
