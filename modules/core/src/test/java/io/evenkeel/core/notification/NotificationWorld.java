package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.AlertName;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Alerts by name, a clock that a test sets, and what people were told. */
final class NotificationWorld {

    static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

    final List<Notification> told = new ArrayList<>();
    NotificationState state = NotificationState.empty();
    Instant now = T0;
    private final NotificationPolicy policy;
    private final Map<String, Alert> newest = new HashMap<>();
    private int incidents;

    NotificationWorld(NotificationPolicy policy) {
        this.policy = policy;
    }

    /** One route to the channel {@code chat}. */
    static NotificationWorld withOneRoute() {
        return new NotificationWorld(policy(route("route", List.of("chat"), List.of())));
    }

    static NotificationPolicy policy(Route route) {
        return new NotificationPolicy(route, Inhibition.DEFAULTS, Optional.empty(), Optional.empty(), List.of(),
                Map.of());
    }

    static Route route(String path, List<String> channels, List<Route> children, String... matchers) {
        return new Route(path, List.of(matchers).stream().map(Matcher::parse).toList(), Optional.empty(),
                channels, List.of("cluster"), Route.Pace.DEFAULT, List.of(), false, children);
    }

    private void tell(NotificationInput input) {
        var step = NotificationRules.apply(state, input, policy, now);
        state = step.state();
        told.addAll(step.notifications());
    }

    private void tell(DecisionInput input) {
        tell(new NotificationInput.Told(input));
    }

    /** Fires, or says more when it fires already. */
    void fires(AlertName name, String subject, Severity severity) {
        var before = newest.get(subject);
        alert(name, subject, severity, Alert.Status.FIRING, before == null ? 1 : before.sequence() + 1,
                before == null ? subject + "@" + ++incidents : before.key());
    }

    void ends(String subject) {
        var last = newest.get(subject);
        if (last != null) {
            tell(new NotificationInput.Alerted(new Alert(last.key(), last.sequence() + 1, Alert.Status.RESOLVED,
                    last.severity(), subject, last.labels(), last.title(), List.of("it is over"), last.since(), now)));
            newest.remove(subject);
        }
    }

    private void alert(AlertName name, String subject, Severity severity, Alert.Status status, int sequence,
            String key) {
        var labels = new TreeMap<>(Map.of("name", name.label()));
        var parts = subject.split("/", -1);
        if (!parts[0].equals("*")) {
            labels.put("cluster", parts[0]);
        }
        if (parts.length == 2) {
            labels.put("node", parts[1]);
            labels.put("zone", "z" + parts[1].charAt(parts[1].length() - 1));
        } else if (parts.length == 3) {
            labels.put(parts[1], parts[2]);
        }
        var alert = new Alert(key, sequence, status, severity, subject, labels, subject + " " + name.label(),
                List.of("line " + sequence), now, now);
        newest.put(subject, alert);
        tell(new NotificationInput.Alerted(alert));
    }

    void silence(String subject, Duration lasting) {
        tell(new DecisionInput.IntentSet(
                new Intent(Intent.Kind.SILENCE, subject, "ann", "new disks", now, now.plus(lasting))));
    }

    void release(String subject) {
        tell(new DecisionInput.IntentReleased(Intent.key(Intent.Kind.SILENCE, subject)));
    }

    void acknowledge(String incident) {
        tell(new DecisionInput.OrderGiven(
                new Order("o" + told.size(), Order.Kind.ACKNOWLEDGE, incident, "ann", "I look",
                        now, now.plusSeconds(60), 0)));
    }

    void tick() {
        tell(new DecisionInput.Ticked());
    }

    /** Ticks each second. */
    void pass(Duration time) {
        for (var end = now.plus(time); now.isBefore(end);) {
            now = now.plusSeconds(1);
            tick();
        }
    }

    boolean fires(String subject) {
        return newest.containsKey(subject);
    }

    /** Kind and title, and when, in seconds since T0. */
    List<String> lines() {
        return told.stream().map(each -> Duration.between(T0, each.at()).toSeconds() + " " + each.kind() + " "
                + each.title()).toList();
    }
}
