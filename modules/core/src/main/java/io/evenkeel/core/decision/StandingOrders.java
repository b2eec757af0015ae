package io.evenkeel.core.decision;

import io.evenkeel.core.decision.Intent.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The gates that people's standing orders make: the same for DECISION on records and for a handler on what it has just
 * read.
 *
 * @param intents all that are known
 * @param subjects names of what is to be done something to: cluster, node, service; any one of them stops it
 * @param now broker time
 */
public record StandingOrders(Collection<Intent> intents, List<String> subjects, Instant now) {

    public StandingOrders {
        subjects = List.copyOf(subjects);
    }

    /** In their order; each must say yes. */
    public List<GateAnswer> stopping() {
        return List.of(brake(), hold(), maintenance());
    }

    public GateAnswer brake() {
        return stoppedBy(Kind.BRAKE);
    }

    public GateAnswer hold() {
        return stoppedBy(Kind.HOLD);
    }

    public GateAnswer maintenance() {
        return stoppedBy(Kind.MAINTENANCE);
    }

    /** The order that arms this action for one of these names, or for all. */
    Optional<Intent> arming(List<String> names, Decision.Action action) {
        return active(Kind.ARM).filter(intent -> names.stream().anyMatch(name -> intent.arms(name, action)))
                .findFirst();
    }

    private GateAnswer stoppedBy(Kind kind) {
        String gate = kind.name().toLowerCase(Locale.ROOT);
        return active(kind).filter(intent -> subjects.stream().anyMatch(intent::covers)).findFirst()
                .map(intent -> GateAnswer.waitUntil(
                        intent.expiresAt().equals(Instant.MAX) ? Instant.EPOCH : intent.expiresAt(), gate,
                        "by " + intent.by() + " on " + intent.subject() + " until "
                                + (intent.expiresAt().equals(Instant.MAX) ? "released" : intent.expiresAt()) + ": "
                                + intent.reason()))
                .orElseGet(() -> GateAnswer.yes(gate, "none"));
    }

    private Stream<Intent> active(Kind kind) {
        return intents.stream().filter(intent -> intent.kind() == kind && intent.activeAt(now));
    }
}
