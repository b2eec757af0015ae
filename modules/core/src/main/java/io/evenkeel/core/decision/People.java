package io.evenkeel.core.decision;

import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.Intent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What people say: standing orders set and released, orders given, and the end of both. */
final class People {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration ACKNOWLEDGED_FOR = Duration.ofDays(7);

    private final Turn turn;

    People(Turn turn) {
        this.turn = turn;
    }

    void onIntent(Intent intent) {
        if (intent.kind() == Kind.BRAKE && !intent.activeAt(turn.now())) {
            release(intent);
        } else {
            turn.set(turn.state().with(intent));
        }
    }

    /** The release is kept, with the time it came: from then on the brake counts anew. */
    private void release(Intent intent) {
        if (intent.by().isBlank() || intent.by().equals(Intent.ITSELF)) {
            return;
        }
        var held = turn.state().intents().get(intent.key());
        turn.set(turn.state().with(new Intent(Kind.BRAKE, intent.subject(), intent.by(), intent.reason(), turn.now(),
                Instant.EPOCH)));
        if (held != null && held.activeAt(turn.now())) {
            turn.tell(Judge.brakeIncident(held), Judge.BRAKE_SUBJECT, Action.FREEZE, Verdict.CLOSED,
                    "brake released by " + intent.by() + ": " + intent.reason(), List.of());
        }
    }

    void onReleased(String key) {
        if (!Intent.endsByTombstone(key)) {
            return;
        }
        var intent = turn.state().intents().get(key);
        if (intent != null) {
            turn.set(turn.state().withoutIntent(key));
            new Flights(turn).released(intent);
        }
        String hold = Intent.key(Kind.HOLD, "");
        if (key.startsWith(hold)) {
            trustAgain(key.substring(hold.length()));
        }
    }

    private void trustAgain(String subject) {
        turn.state().ledger().isolated().values().stream()
                .filter(isolation -> subject.equals(Intent.EVERYTHING) || subject.equals(isolation.cluster().value()))
                .forEach(isolation -> {
                    turn.ledger(ledger -> ledger.withoutIsolation(isolation.cluster()));
                    turn.tell(isolation.incident(), isolation.decisionSubject(), Action.FREEZE, Verdict.CLOSED,
                            "released by a person", List.of());
                });
    }

    void onOrder(Order order) {
        if (!order.activeAt(turn.now()) || turn.state().ledger().isDone(order)) {
            return;
        }
        if (order.kind() == Order.Kind.ACKNOWLEDGE) {
            new Freezes(turn).acknowledge(order);
        }
        turn.ledger(ledger -> ledger.with(order));
    }

    void expire() {
        turn.state().intents().values().stream()
                .filter(intent -> !intent.activeAt(turn.now()) && intent.kind() != Kind.BRAKE)
                .forEach(intent -> turn.set(turn.state().withoutIntent(intent.key())));
        turn.state().ledger().orders().forEach((key, order) -> {
            if (isOver(order)) {
                turn.ledger(ledger -> ledger.withoutOrder(key));
            }
        });
        var kept = turn.now().minus(longestMemory());
        turn.state().ledger().asked().values().stream().filter(asked -> asked.at().isBefore(kept))
                .forEach(asked -> turn.ledger(ledger -> ledger.withoutAsked(asked.request())));
    }

    /** What was acknowledged stays so while it could block something. */
    private boolean isOver(Order order) {
        return switch (order.kind()) {
            case APPROVE -> !order.activeAt(turn.now());
            case ACKNOWLEDGE -> order.givenAt().plus(ACKNOWLEDGED_FOR).isBefore(turn.now());
        };
    }

    private Duration longestMemory() {
        var safety = turn.policy().safety();
        var longest = safety.brake().window().compareTo(safety.blockPeriod()) > 0
                ? safety.brake().window()
                : safety.blockPeriod();
        return longest.compareTo(HOUR) > 0 ? longest : HOUR;
    }
}
