package io.evenkeel.drills.simulator;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What an actions process knows of now. A model of the LiveView and LiveGates of the actions module, which live beside
 * consumers and threads: the newest tick, the intents, and how old both are.
 */
public final class LiveView {

    /** A tick, or a look at the end of the intents, that is older says nothing of now. Milliseconds. */
    static final long MAX_AGE = 2_000;

    private static final Set<Intent.Kind> STOPPING = EnumSet.of(Intent.Kind.HOLD, Intent.Kind.MAINTENANCE,
            Intent.Kind.BRAKE);

    private final LongSupplier clock;
    private final Map<String, Intent> intents = new HashMap<>();
    private Instant newestTick = Instant.EPOCH;
    private long tickArrived = Long.MIN_VALUE / 2;
    private long intentsComplete = Long.MIN_VALUE / 2;

    /** @param clock monotonic milliseconds */
    LiveView(LongSupplier clock) {
        this.clock = clock;
    }

    void tick(Instant appended) {
        newestTick = appended.isAfter(newestTick) ? appended : newestTick;
        tickArrived = clock.getAsLong();
    }

    void put(Intent intent) {
        intents.put(intent.key(), intent);
    }

    void release(String key) {
        intents.remove(key);
    }

    /** All intents that were acknowledged by then are read. */
    void intentsComplete(long asOf) {
        intentsComplete = asOf;
    }

    /** The broker's time when something may be claimed. */
    Optional<Instant> nowForClaims() {
        return isFresh(tickArrived) && isFresh(intentsComplete) ? Optional.of(newestTick) : Optional.empty();
    }

    /** The broker's time for stamps that no rule reads. */
    Instant stamp() {
        return newestTick;
    }

    private boolean isFresh(long since) {
        return clock.getAsLong() - since <= MAX_AGE;
    }

    /** Why no call may be made; empty when one may. */
    public Optional<String> refusal(ActionRequest request, long newestEpoch) {
        if (!isFresh(intentsComplete)) {
            return Optional.of("intents: not read up to their end");
        }
        if (!isFresh(tickArrived)) {
            return Optional.of("tick: none for a while");
        }
        if (newestTick.isAfter(request.expiresAt())) {
            return Optional.of("deadline: it is " + newestTick + ", expired at " + request.expiresAt());
        }
        var stopping = intents.values().stream().filter(intent -> STOPPING.contains(intent.kind())
                && intent.activeAt(newestTick) && covers(intent, request.command())).findFirst();
        if (stopping.isPresent()) {
            return Optional.of(stopping.get().key());
        }
        return request.command() instanceof Command.FailOver over && over.epoch() < newestEpoch
                ? Optional.of("epoch: " + over.epoch() + " is older than " + newestEpoch)
                : Optional.empty();
    }

    private static boolean covers(Intent intent, Command command) {
        return switch (command) {
            case Command.ReplaceInstance replace -> intent.covers(replace.node().cluster().value())
                    || intent.covers(replace.autoScalingGroup());
            case Command.FailOver over -> intent.covers(over.service().value())
                    || intent.covers(over.from().value()) || intent.covers(over.to().value());
        };
    }
}
