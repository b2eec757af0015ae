package io.evenkeel.actions;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.decision.Intent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What this process knows of now: the newest tick, the intents, the BRAKE file. Written by readers, read by all threads. */
final class LiveView {

    static final String BRAKE_FILE = "BRAKE";

    private final Path brake;
    private final Map<String, Intent> intents = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable ArrivedTick> newestTick = new AtomicReference<>();
    /** When intents were last known to be complete, on the monotonic clock; null: not yet. */
    private volatile @Nullable Long intentsCompleteAt;

    private record ArrivedTick(Instant at, long arrivedNanos) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - arrivedNanos);
        }
    }

    LiveView(Path home) {
        this.brake = home.resolve(BRAKE_FILE);
    }

    void tick(Instant appendTime) {
        long now = System.nanoTime();
        newestTick.accumulateAndGet(new ArrivedTick(appendTime, now),
                (known, next) -> known != null && next != null && known.at().isAfter(next.at()) ? known : next);
    }

    void put(Intent intent) {
        intents.put(intent.key(), intent);
    }

    /** A brake is released by a record that names who, not by a tombstone. */
    void release(String key) {
        if (Intent.endsByTombstone(key)) {
            intents.remove(key);
        }
    }

    /** @param asOfNanos the monotonic time at which the end of the topic was asked for that is read now */
    void intentsComplete(long asOfNanos) {
        intentsCompleteAt = asOfNanos;
    }

    /** The broker's time by the newest tick; empty when it is too old to say what time it is. */
    Optional<Instant> now() {
        var tick = newestTick.get();
        return tick == null || tick.age().compareTo(LiveGates.MAX_TICK_AGE) > 0
                ? Optional.empty()
                : Optional.of(tick.at());
    }

    /**
     * The broker's time when this process may claim: with a fresh tick and all intents read. Without, a request is better
     * left unclaimed than refused: both come back within moments.
     */
    Optional<Instant> nowForClaims() {
        return intentsAreKnown() ? now() : Optional.empty();
    }

    private boolean intentsAreKnown() {
        var complete = intentsCompleteAt;
        return complete != null
                && Duration.ofNanos(System.nanoTime() - complete).compareTo(LiveGates.MAX_TICK_AGE) <= 0;
    }

    /** The time by the newest tick, however old; the wall clock when there was none: for stamps that no rule reads. */
    Instant stamp() {
        var tick = newestTick.get();
        return tick == null ? Instant.now() : tick.at();
    }

    Optional<LiveGates.Refusal> judge(ActionRequest request, long newestEpoch) {
        var tick = newestTick.get();
        // notExists() is false also when the file system cannot tell: then the brake holds.
        var braked = Files.notExists(brake) ? Optional.<String>empty() : Optional.of(brake.toString());
        return LiveGates.judge(request,
                new LiveGates.Snapshot(Optional.ofNullable(tick).map(ArrivedTick::at),
                        tick == null ? Duration.ZERO : tick.age(), intentsAreKnown(), intents.values(), braked,
                        newestEpoch));
    }
}
