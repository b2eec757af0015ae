package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * An alert that fires now, as people are shown it.
 *
 * @param keptBack why nobody is told of it, in one line; empty when somebody is
 */
public record Firing(Alert alert, String keptBack) {

    /**
     * All that fire, the loudest and oldest first.
     *
     * @param alerts those that are over are passed over
     * @param silences of people; others are passed over
     */
    public static List<Firing> of(NotificationPolicy policy, Collection<Alert> alerts, Collection<Intent> silences,
            Instant now) {
        var firing = alerts.stream().filter(Mutes::isFiring).sorted(Alert.LOUDEST_FIRST).toList();
        var mutes = new Mutes(policy, firing, silences, now);
        return firing.stream().map(alert -> new Firing(alert, mutes.reason(alert).orElse(""))).toList();
    }
}
