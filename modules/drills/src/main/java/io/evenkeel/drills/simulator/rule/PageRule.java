package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.AlertName;
import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rule 10, where people hear of it: whoever is on call is told of a page at once, by name within a minute of ticks, and
 * of its end; one incident counts its notifications without a gap. Silences and greater troubles may keep a page back, and
 * nothing else may.
 */
final class PageRule extends Rule {

    private static final int NAMED_WITHIN_TICKS = 60;
    private static final Set<String> NODES = names(AlertName.NODE_DOWN, AlertName.NODE_UNREACHABLE,
            AlertName.NODE_FLAPPING, AlertName.NODE_UNKNOWN);
    private static final Set<String> EXPLAIN_NODES = names(AlertName.CLUSTER_FAILED, AlertName.CLUSTER_QUORUM_LOST,
            AlertName.STORM);

    private final Map<String, Firing> firing = new TreeMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private final Map<String, Intent> silences = new HashMap<>();
    private final List<Alert> fresh = new ArrayList<>();

    /** @param ticks since when it could have been told by name; negative once it was */
    private record Firing(Alert alert, int ticks) {
        boolean isPage() {
            return alert.severity() == Severity.PAGE;
        }
    }

    /** An incident that people were told of. */
    private record Open(String incident, int sequence, Severity severity) {}

    PageRule() {
        super(10, "every page is told, and its end");
    }

    private static Set<String> names(AlertName... names) {
        return Stream.of(names).map(AlertName::label).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.Alerted(var alert) -> alerted(alert);
            case Happening.Notified(var notification) -> notified(notification);
            case Happening.AlertsJudged(var input, var at) -> {
                input.ifPresent(this::heard);
                fresh.forEach(alert -> toldAtOnce(alert, at));
                fresh.clear();
                if (input.filter(DecisionInput.Ticked.class::isInstance).isPresent()) {
                    ticked(at);
                }
            }
            default -> {
                // Nobody is told of it.
            }
        }
    }

    private void alerted(Alert alert) {
        if (alert.status() == Alert.Status.RESOLVED) {
            firing.remove(alert.key());
            return;
        }
        var known = firing.get(alert.key());
        int ticks = known != null && known.alert().severity() == alert.severity() ? known.ticks() : 0;
        firing.put(alert.key(), new Firing(alert, ticks));
        if (alert.severity() == Severity.PAGE) {
            fresh.add(alert);
        }
    }

    private void heard(DecisionInput input) {
        switch (input) {
            case DecisionInput.IntentSet(var intent) when intent.kind() == Intent.Kind.SILENCE ->
                silences.put(intent.key(), intent);
            case DecisionInput.IntentReleased(var key) -> silences.remove(key);
            default -> {
                // Keeps no page back.
            }
        }
    }

    private void notified(Notification told) {
        String group = group(told);
        var known = open.get(group);
        boolean first = told.kind() == Notification.Kind.FIRING;
        require(first == (known == null), told.id() + " is " + told.kind() + ", and open is " + known);
        require(told.sequence() == (known == null ? 1 : known.sequence() + 1)
                && (known == null || known.incident().equals(told.incident())),
                told.id() + " does not follow " + known);
        if (told.kind() == Notification.Kind.RESOLVED) {
            open.remove(group);
            return;
        }
        open.put(group, new Open(told.incident(), told.sequence(), told.severity()));
        boolean all = told.firing() > told.alerts().size();
        firing.replaceAll((key, one) -> group(one.alert()).equals(group)
                && (all || told.alerts().stream().anyMatch(named -> named.key().equals(key)
                        && named.severity() == one.alert().severity()))
                                ? new Firing(one.alert(), -1)
                                : one);
    }

    /** Alerts of a cluster share an incident; one that is of none has its own, under its key, with a number if need be. */
    private static String group(Alert alert) {
        return alert.label(Labels.CLUSTER).isEmpty() ? alert.key() : alert.label(Labels.CLUSTER);
    }

    private static String group(Notification told) {
        int number = told.incident().lastIndexOf('+');
        return told.labels().getOrDefault(Labels.CLUSTER,
                number < 0 ? told.incident() : told.incident().substring(0, number));
    }

    private void toldAtOnce(Alert alert, Instant at) {
        var one = firing.get(alert.key());
        if (one != null && one.isPage() && !isSilenced(alert, at)) {
            require(isCovered(alert), alert.key() + " pages, and nobody was told: " + alert.title());
        }
    }

    private void ticked(Instant at) {
        firing.replaceAll((_, one) -> isSilenced(one.alert(), at) || isExplained(one.alert())
                ? new Firing(one.alert(), Math.min(one.ticks(), 0))
                : new Firing(one.alert(), one.ticks() < 0 ? one.ticks() : one.ticks() + 1));
        for (var one : firing.values()) {
            if (one.isPage() && !isSilenced(one.alert(), at)) {
                require(isCovered(one.alert()), one.alert().key() + " goes on, and its incident is not open");
                require(one.ticks() <= NAMED_WITHIN_TICKS, one.alert().key() + " was not told by name");
            }
        }
        var groups = firing.values().stream().map(one -> group(one.alert())).collect(Collectors.toSet());
        open.forEach((group, incident) -> require(groups.contains(group),
                incident.incident() + " is open, and nothing of it fires any more"));
    }

    /** Its own incident is open, as a page; or one that explains it is. */
    private boolean isCovered(Alert alert) {
        var own = open.get(group(alert));
        return (own != null && own.severity() == Severity.PAGE)
                || explanations(alert).stream().anyMatch(one -> open.containsKey(group(one)));
    }

    private boolean isExplained(Alert alert) {
        return !explanations(alert).isEmpty();
    }

    private Collection<Alert> explanations(Alert alert) {
        return firing.values().stream().map(Firing::alert).filter(other -> explains(other, alert)).toList();
    }

    private static boolean explains(Alert source, Alert alert) {
        String name = source.label(Labels.NAME);
        boolean sameCluster = source.label(Labels.CLUSTER).equals(alert.label(Labels.CLUSTER));
        if (alert.label(Labels.NAME).equals(AlertName.STORM.label())) {
            return sameCluster && name.equals(AlertName.CLUSTER_FAILED.label());
        }
        boolean sameZone = source.label(Labels.ZONE).equals(alert.label(Labels.ZONE));
        return NODES.contains(alert.label(Labels.NAME)) && ((sameCluster && EXPLAIN_NODES.contains(name))
                || (sameZone && name.equals(AlertName.ZONE_IMPAIRED.label())));
    }

    private boolean isSilenced(Alert alert, Instant at) {
        return silences.values().stream().anyMatch(silence -> silence.activeAt(at)
                && silence.subject().equals(alert.label(Labels.CLUSTER)));
    }
}
