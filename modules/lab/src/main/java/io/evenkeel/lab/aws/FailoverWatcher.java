package io.evenkeel.lab.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Says it when the answer for a name turns into another one, or a health check's word changes. */
final class FailoverWatcher {
    private final PublishedZones zones;
    private final HealthChecks checks;
    private final Consumer<String> listener;
    private final Map<String, String> answers = new HashMap<>();
    private final Map<String, Boolean> health = new HashMap<>();

    FailoverWatcher(PublishedZones zones, HealthChecks checks, Consumer<String> listener) {
        this.zones = zones;
        this.checks = checks;
        this.listener = listener;
    }

    /** Called after whatever may have changed an answer. */
    synchronized void look() {
        for (var check : checks.list()) {
            boolean now = checks.healthy(check.id());
            var before = health.put(check.id(), now);
            if (before != null && before != now) {
                listener.accept("route53: health check " + check.id() + " is now " + (now ? "healthy" : "unhealthy")
                        + (check.config().inverted() ? " (inverted)" : ""));
            }
        }
        zones.zones().forEach(this::lookAt);
    }

    private void lookAt(PublishedZone zone) {
        var seen = new TreeSet<String>();
        for (var records : zone.records()) {
            if (records.type().equals("SOA") || records.type().equals("NS")
                    || !seen.add(records.name() + " " + records.type())) {
                continue;
            }
            var candidates = zone.records().stream().filter(
                    other -> other.name().equals(records.name()) && other.type().equals(records.type())).toList();
            FailoverRouting.choose(candidates, zones::healthy).ifPresent(this::tell);
        }
    }

    private void tell(ResourceRecordSet chosen) {
        var answer = String.join(", ", chosen.values()) + chosen.role().map(role -> " (" + role + ")").orElse("");
        var before = answers.put(chosen.name() + " " + chosen.type(), answer);
        if (!answer.equals(before)) {
            listener.accept("dns: " + chosen.name() + " " + chosen.type() + " is now " + answer
                    + (before == null ? "" : ", was " + before));
        }
    }
}
