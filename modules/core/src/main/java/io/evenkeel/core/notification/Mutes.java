package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What keeps an alert back now: a person's silence, or a greater trouble that explains it. A silence names a subject, or
 * conditions as {@link Matcher} has them, comma between: all must match.
 */
final class Mutes {

    private final Collection<Intent> silences;
    private final List<Fired> inhibitions;
    private final Instant now;

    /** Values that sources of an inhibition share with its targets. */
    private record Fired(Inhibition inhibition, Set<String> shared) {}

    Mutes(NotificationPolicy policy, NotificationState state, Instant now) {
        this.silences = state.silences().values();
        this.now = now;
        this.inhibitions = policy.inhibitions().stream()
                .map(inhibition -> new Fired(inhibition, state.alerts().values().stream()
                        .filter(alert -> isFiring(alert) && inhibition.isSource(alert) && inhibition.hasLabels(alert))
                        .map(inhibition::shared).collect(Collectors.toUnmodifiableSet())))
                .filter(fired -> !fired.shared().isEmpty()).toList();
    }

    static boolean isFiring(Alert alert) {
        return alert.status() == Alert.Status.FIRING;
    }

    boolean keepBack(Alert alert) {
        return isSilenced(alert) || isInhibited(alert);
    }

    private boolean isSilenced(Alert alert) {
        for (var silence : silences) {
            if (silence.activeAt(now) && isAbout(silence, alert)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAbout(Intent silence, Alert alert) {
        return Matcher.isList(silence.subject())
                ? Matcher.list(silence.subject()).stream().allMatch(matcher -> matcher.matches(alert))
                : silence.silences(alert.subject());
    }

    private boolean isInhibited(Alert alert) {
        for (var fired : inhibitions) {
            var inhibition = fired.inhibition();
            if (inhibition.isTarget(alert) && !inhibition.isSource(alert) && inhibition.hasLabels(alert)
                    && fired.shared().contains(inhibition.shared(alert))) {
                return true;
            }
        }
        return false;
    }
}
