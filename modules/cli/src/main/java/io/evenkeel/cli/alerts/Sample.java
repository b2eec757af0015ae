package io.evenkeel.cli.alerts;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.AlertName;
import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.cluster.ClusterId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An alert that is none: labels as a person types them. */
final class Sample {

    private Sample() {}

    /**
     * An alert that fires.
     *
     * @param texts LABEL=VALUE each
     * @param services of clusters, for alerts that name a cluster and no service
     * @throws IllegalArgumentException that says what is wrong with which text
     */
    static Alert of(List<String> texts, Map<ClusterId, String> services, Instant at) {
        var labels = new TreeMap<String, String>();
        for (var text : texts) {
            int equals = text.indexOf('=');
            String label = equals < 0 ? "" : text.substring(0, equals);
            if (!Labels.ALL.contains(label)) {
                throw new IllegalArgumentException(
                        "must be LABEL=VALUE with one of the labels " + String.join(", ", Labels.ALL)
                                + ", was '" + text + "'");
            }
            labels.put(label, text.substring(equals + 1));
        }
        checkName(labels.get(Labels.NAME));
        var severity = severity(labels.getOrDefault(Labels.SEVERITY, Alert.Severity.PAGE.label()));
        labels.remove(Labels.SEVERITY);
        var cluster = labels.get(Labels.CLUSTER);
        if (cluster != null && services.containsKey(new ClusterId(cluster))) {
            labels.putIfAbsent(Labels.SERVICE, services.get(new ClusterId(cluster)));
        }
        return new Alert("route-test", 1, Alert.Status.FIRING, severity, "route-test", labels, "route-test", List.of(),
                at,
                at);
    }

    private static void checkName(@Nullable String name) {
        if (name != null && Arrays.stream(AlertName.values()).noneMatch(known -> known.label().equals(name))) {
            throw new IllegalArgumentException("name must be one of "
                    + Stream.of(AlertName.values()).map(AlertName::label).collect(Collectors.joining(", ")) + ", was '"
                    + name + "'");
        }
    }

    private static Alert.Severity severity(String text) {
        return Stream.of(Alert.Severity.values()).filter(each -> each.label().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(
                        "severity must be page, warn or info, was '" + text + "'"));
    }
}
