package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import java.util.HashMap;
import java.util.Map;

/** Rule 9: hold, maintenance and brake win within one second of the acknowledged command, and at once where they are known. */
final class PeopleRule extends Rule {

    private static final long WITHIN = 1_000;

    private final Map<String, Given> given = new HashMap<>();
    private final Map<String, Intent> told = new HashMap<>();

    private record Given(Intent intent, long at) {}

    PeopleRule() {
        super(9, "hold, maintenance and brake win within a second");
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.IntentGiven(var intent) -> given.put(intent.key(), new Given(intent, now));
            case Happening.IntentReleased(var key) -> given.remove(key);
            case Happening.Told(DecisionInput.IntentSet(var intent)) -> told.put(intent.key(), intent);
            case Happening.Told(DecisionInput.IntentReleased(var key)) -> told.remove(key);
            case Happening.Requested(var request) -> told.values().stream()
                    .filter(intent -> Subjects.stops(intent, request.command())
                            && request.issuedAt().isBefore(intent.expiresAt()))
                    .findFirst().ifPresent(intent -> breached(
                            request.id() + " was asked for, and DECISION knew of " + intent.key()));
            case Happening.Called(var claim) -> given.values().stream()
                    .filter(order -> Subjects.stops(order.intent(), claim.request().command())
                            && now - order.at() > WITHIN && now < order.intent().expiresAt().toEpochMilli() - WITHIN)
                    .findFirst().ifPresent(order -> breached("AWS was called for " + claim.request().id() + " "
                            + (now - order.at()) + " ms after " + order.intent().key()));
            default -> {
                // Not a person's, and nothing a person could stop.
            }
        }
    }
}
