package io.evenkeel.cli.alerts;

import io.evenkeel.cli.config.Alerts;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.notification.Inhibition;
import io.evenkeel.core.notification.Route;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where an alert would go, by the rules' own routes. */
record RouteTest(Alerts alerts, Alert alert) {

    List<Route> routes() {
        return alerts.policy().route().of(alert, alert.at());
    }

    boolean isAnybodyTold() {
        return routes().stream().anyMatch(route -> !route.channels().isEmpty() || !route.escalation().isEmpty());
    }

    /** All labels, severity too. */
    SortedMap<String, String> labels() {
        var labels = new TreeMap<>(alert.labels());
        labels.put(Labels.SEVERITY, alert.severity().label());
        return labels;
    }

    /** What would keep it back, were it to fire. */
    List<Inhibition> inhibitions() {
        return alerts.policy().inhibitions().stream()
                .filter(each -> each.mayKeepBack(alert)).toList();
    }

    /** Channels that are told at once or later, and those that take over from them. */
    Set<String> channels() {
        var names = new LinkedHashSet<String>();
        for (var route : routes()) {
            names.addAll(route.channels());
            route.escalation().forEach(step -> names.addAll(step.channels()));
        }
        for (var name : List.copyOf(names)) {
            for (var next = channel(name).terms().failover(); next.isPresent(); next = channel(next.get()).terms()
                    .failover()) {
                names.add(next.get());
            }
        }
        return names;
    }

    Alerts.Channel channel(String name) {
        var channel = alerts.channels().get(name);
        if (channel == null) {
            throw new IllegalStateException("no channel is called " + name);
        }
        return channel;
    }

    /** For programs. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("at", alert.at());
        fields.put("labels", labels());
        fields.put("routes", routes().stream().map(this::fields).toList());
        fields.put("channels", channels().stream().map(this::fields).toList());
        fields.put("keptBackBy", inhibitions());
        return fields;
    }

    private Map<String, Object> fields(Route route) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("route", route.path());
        fields.put("channels", route.channels());
        fields.put("group", route.group(alert));
        fields.put("pace", route.pace());
        fields.put("escalation", route.escalation());
        return fields;
    }

    private Map<String, Object> fields(String name) {
        var channel = channel(name);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", name);
        fields.put("type", channel.config().type());
        channel.terms().failover().ifPresent(failover -> {
            fields.put("failover", failover);
            fields.put("failoverAfter", channel.terms().failoverAfter());
        });
        return fields;
    }
}
