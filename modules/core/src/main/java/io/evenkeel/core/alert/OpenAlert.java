package io.evenkeel.core.alert;

import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.Alert.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An alert that is not resolved yet.
 *
 * @param key its key, from the first symptom on
 * @param incident the incident that decisions about it name now; a failure that grows worse gets a newer one
 * @param sequence of the last time that it was told; 0 while it never was
 * @param untold whether it says more than was told
 */
public record OpenAlert(String key, String incident, int sequence, boolean untold, Severity severity, String subject,
        String title, List<String> lines, Instant since) {

    private static final int LINES_KEPT = 12;
    private static final int TITLE_LIMIT = 100;

    public OpenAlert {
        lines = List.copyOf(lines);
    }

    static OpenAlert opened(String incident, Severity severity, String subject, String title, List<String> lines,
            Instant since) {
        return new OpenAlert(incident, incident, 0, true, severity, subject, cut(title), lines, since);
    }

    OpenAlert worsened(String nextIncident, Severity next, String nextTitle, List<String> added) {
        return new OpenAlert(key, nextIncident, sequence, true, next, subject, cut(nextTitle), kept(added), since);
    }

    OpenAlert with(String line) {
        return new OpenAlert(key, incident, sequence, true, severity, subject, title, kept(List.of(line)), since);
    }

    OpenAlert told() {
        return new OpenAlert(key, incident, sequence + 1, false, severity, subject, title, lines, since);
    }

    boolean wasTold() {
        return sequence > 0;
    }

    /** As it was {@link #told}. */
    Alert firing(Instant at) {
        return new Alert(key, sequence, Status.FIRING, severity, subject, title, lines, since, at);
    }

    Alert resolved(String line, Instant at) {
        return new Alert(key, sequence + 1, Status.RESOLVED, severity, subject, title, kept(List.of(line)), since, at);
    }

    private List<String> kept(List<String> added) {
        var all = new ArrayList<>(lines);
        all.addAll(added);
        return all.subList(Math.max(0, all.size() - LINES_KEPT), all.size());
    }

    private static String cut(String title) {
        String line = title.replace('\n', ' ').replace('\r', ' ');
        return line.length() <= TITLE_LIMIT ? line : line.substring(0, TITLE_LIMIT - 3) + "...";
    }
}
