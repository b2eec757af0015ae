package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What keeps an alert back now: a person's silence, or a greater trouble that explains it. A silence names a subject, or
 * conditions as {@link Matcher} has them, comma between: all must match.
 */
public final class Mutes {

    private final Collection<Intent> silences;
    private final List<Fired> inhibitions;

    /** What fires of an inhibition's sources, by the values that they share with its targets. */
    private record Fired(Inhibition inhibition, Map<String, Alert> sources) {}

    /**
     * @param alerts all that fire; others are passed over
     * @param silences of people; others are passed over
     */
    public Mutes(NotificationPolicy policy, Collection<Alert> alerts, Collection<Intent> silences, Instant now) {
        this.silences = silences.stream()
                .filter(intent -> intent.kind() == Intent.Kind.SILENCE && intent.activeAt(now)).toList();
        this.inhibitions = policy.inhibitions().stream().map(inhibition -> fired(inhibition, alerts))
                .filter(fired -> !fired.sources().isEmpty()).toList();
    }

    private static Fired fired(Inhibition inhibition, Collection<Alert> alerts) {
        var sources = new HashMap<String, Alert>();
        for (var alert : alerts) {
            if (isFiring(alert) && inhibition.isSource(alert) && inhibition.hasLabels(alert)) {
                sources.putIfAbsent(inhibition.shared(alert), alert);
            }
        }
        return new Fired(inhibition, sources);
    }

    static boolean isFiring(Alert alert) {
        return alert.status() == Alert.Status.FIRING;
    }

    boolean keepBack(Alert alert) {
        return silence(alert).isPresent() || source(alert).isPresent();
    }

    /** Why an alert is kept back, in one line; empty when it is not. */
    public Optional<String> reason(Alert alert) {
        return silence(alert).map(silence -> "silenced by " + silence.by() + ": " + silence.reason())
                .or(() -> source(alert).map(source -> "explained by " + source.title()));
    }

    private Optional<Intent> silence(Alert alert) {
        for (var silence : silences) {
            if (isAbout(silence, alert)) {
                return Optional.of(silence);
            }
        }
        return Optional.empty();
    }

    private static boolean isAbout(Intent silence, Alert alert) {
        return Matcher.isList(silence.subject())
                ? Matcher.list(silence.subject()).stream().allMatch(matcher -> matcher.matches(alert))
                : silence.silences(alert.subject());
    }

    private Optional<Alert> source(Alert alert) {
        for (var fired : inhibitions) {
            var inhibition = fired.inhibition();
            if (inhibition.mayKeepBack(alert)) {
                var source = fired.sources().get(inhibition.shared(alert));
                if (source != null) {
                    return Optional.of(source);
                }
            }
        }
        return Optional.empty();
    }
}
