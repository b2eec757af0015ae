package io.evenkeel.actions;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.decision.Gates;
import io.evenkeel.core.decision.Intent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The gates that are looked at once more right before each call to AWS: those that DECISION has, on what was just read, and
 * a host's own. A pure function of a snapshot; in doubt the answer is no.
 */
final class LiveGates {

    /** A tick older than this says nothing about now (design.md, Decision, rule 9). */
    static final Duration MAX_TICK_AGE = Duration.ofSeconds(2);

    private LiveGates() {}

    /**
     * What this process knows at one moment.
     *
     * @param newestTick append time of the newest tick; empty when none was read yet
     * @param tickAge time since it arrived here, on the monotonic clock
     * @param intentsKnown whether {@code intents} was read up to its end at start, and its reader runs
     * @param intents those that are not released
     * @param brakeFile the path of the BRAKE file when it is there, or when nobody can tell; empty when it is not
     * @param newestEpoch the newest failover epoch known for the service; 0 when none
     */
    record Snapshot(Optional<Instant> newestTick, Duration tickAge, boolean intentsKnown, Collection<Intent> intents,
            Optional<String> brakeFile, long newestEpoch) {
        Snapshot {
            intents = List.copyOf(intents);
        }
    }

    /** Which gate said no, and what it looked at. */
    record Refusal(String gate, String numbers) {
        String detail() {
            return gate + ": " + numbers;
        }
    }

    /** Empty when every gate says yes. */
    static Optional<Refusal> judge(ActionRequest request, Snapshot live) {
        if (live.brakeFile().isPresent()) {
            return no("brake", "file " + live.brakeFile().get());
        }
        if (!live.intentsKnown()) {
            return no("intents", "not read up to their end");
        }
        if (live.newestTick().isEmpty()) {
            return no("tick", "none read yet");
        }
        if (live.tickAge().compareTo(MAX_TICK_AGE) > 0) {
            return no("tick", "newest is " + live.tickAge().toMillis() + " ms old, allowed " + MAX_TICK_AGE.toMillis());
        }
        return Gates.beforeTheCall(request, live.intents(), live.newestTick().get()).stream()
                .filter(answer -> !answer.isYes()).findFirst()
                .map(answer -> new Refusal(answer.gate(), answer.numbers()))
                .or(() -> staleEpoch(request, live));
    }

    private static Optional<Refusal> staleEpoch(ActionRequest request, Snapshot live) {
        return request.command() instanceof FailOver over && over.epoch() < live.newestEpoch()
                ? no("epoch", over.epoch() + " is older than " + live.newestEpoch())
                : Optional.empty();
    }

    private static Optional<Refusal> no(String gate, String numbers) {
        return Optional.of(new Refusal(gate, numbers));
    }
}
