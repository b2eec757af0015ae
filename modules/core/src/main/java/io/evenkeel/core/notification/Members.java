package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The alerts of a group, as they stand now.
 *
 * @param active fire and are not kept back; loudest and oldest first
 * @param over were told and fire no more
 * @param untold fire, are kept back and were never told
 * @param toldFiring how many fire and were told, also of those that are kept back now
 */
record Members(Group group, List<Alert> active, List<Alert> over, List<Alert> untold, int toldFiring) {

    static Members of(Group group, NotificationState state, Mutes mutes) {
        var active = new ArrayList<Alert>();
        var over = new ArrayList<Alert>();
        var untold = new ArrayList<Alert>();
        int toldFiring = 0;
        for (var key : group.members().keySet()) {
            var alert = state.alerts().get(key);
            if (alert == null) {
                continue;
            }
            boolean told = group.wasTold(key);
            if (!Mutes.isFiring(alert)) {
                over.add(alert);
                continue;
            }
            toldFiring += told ? 1 : 0;
            if (!mutes.keepBack(alert)) {
                active.add(alert);
            } else if (!told) {
                untold.add(alert);
            }
        }
        active.sort(Alert.LOUDEST_FIRST);
        over.sort(Alert.LOUDEST_FIRST);
        return new Members(group, active, over, untold, toldFiring);
    }

    Severity loudest() {
        return active.isEmpty() ? Severity.INFO : active.getFirst().severity();
    }

    boolean hasNews() {
        return !over.isEmpty() || active.stream().anyMatch(this::isNews);
    }

    boolean newPage() {
        return active.stream().anyMatch(alert -> alert.severity() == Severity.PAGE && !group.wasTold(alert.key()));
    }

    private boolean isNews(Alert alert) {
        return group.members().getOrDefault(alert.key(), 0) < alert.sequence();
    }

    /** The members after they are told: what fires as told, what is over gone. */
    SortedMap<String, Integer> toldNow() {
        var next = new TreeMap<>(group.members());
        active.forEach(alert -> next.put(alert.key(), alert.sequence()));
        over.forEach(alert -> next.remove(alert.key()));
        return next;
    }

    List<Alert> shown() {
        return Stream.concat(active.stream(), over.stream()).limit(Notification.MAX_ALERTS).toList();
    }

    private List<Alert> named() {
        return active.isEmpty() ? over : active;
    }

    /** The alert's own, or how many there are and the loudest. */
    String title(SortedMap<String, String> labels) {
        var named = named();
        if (named.isEmpty()) {
            return "kept back: " + String.join(" ", labels.values());
        }
        String first = named.getFirst().title();
        if (named.size() == 1) {
            return first;
        }
        return Alert.fittingTitle(
                named.size() + " alerts" + (labels.isEmpty() ? "" : " of " + String.join(" ", labels.values()))
                        + ", first: " + first);
    }

    Instant since(Instant now) {
        return named().stream().map(Alert::since).min(Comparator.naturalOrder()).orElse(now);
    }
}
