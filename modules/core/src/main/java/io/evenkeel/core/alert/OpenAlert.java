package io.evenkeel.core.alert;

import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.Alert.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * An alert that is not resolved yet.
 *
 * @param key its key, from the first symptom on
 * @param incident the incident that decisions about it name now; a failure that grows worse gets a newer one
 * @param sequence of the last time that it was told
 * @param labels what routes, silences and inhibition go by
 */
public record OpenAlert(String key, String incident, int sequence, Severity severity, String subject,
        SortedMap<String, String> labels, String title, List<String> lines, Instant since) {

    private static final int LINES_KEPT = 12;

    public OpenAlert {
        labels = Collections.unmodifiableSortedMap(labels);
        lines = List.copyOf(lines);
    }

    static OpenAlert opened(String incident, Severity severity, String subject, SortedMap<String, String> labels,
            String title, List<String> lines, Instant since) {
        return new OpenAlert(incident, incident, 1, severity, subject, labels, Alert.fittingTitle(title), lines, since);
    }

    OpenAlert changed(String nextIncident, Severity next, SortedMap<String, String> nextLabels, String nextTitle,
            List<String> added) {
        return new OpenAlert(key, nextIncident, sequence + 1, next, subject, nextLabels, Alert.fittingTitle(nextTitle),
                kept(added),
                since);
    }

    OpenAlert with(String line) {
        return new OpenAlert(key, incident, sequence + 1, severity, subject, labels, title, kept(List.of(line)),
                since);
    }

    Alert firing(Instant at) {
        return new Alert(key, sequence, Status.FIRING, severity, subject, labels, title, lines, since, at);
    }

    Alert resolved(String line, Instant at) {
        return new Alert(key, sequence + 1, Status.RESOLVED, severity, subject, labels, title,
                kept(List.of(line)), since, at);
    }

    private List<String> kept(List<String> added) {
        var all = new ArrayList<>(lines);
        all.addAll(added);
        return all.subList(Math.max(0, all.size() - LINES_KEPT), all.size());
    }
}
