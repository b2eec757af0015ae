package io.evenkeel.probe.confirm;

import io.evenkeel.core.health.FailureReason;
import java.time.Duration;

/** When to look again after a failure. Later ones are the more urgent. */
enum Cadence {

    /** What can pass by itself: at 1, 2 and 3 s. Such failures confirm nothing, they show how it goes on. */
    UNHURRIED(Duration.ofSeconds(1), Duration.ofSeconds(1)),

    /** Refused or reset, so there may be no process any more: at 0, 250 and 500 ms. */
    PROMPT(Duration.ZERO, Duration.ofMillis(250));

    /** Of one round; as many as {@code health.confirmations} asks for by default. */
    static final int PROBES = 3;

    private final Duration first;
    private final Duration distance;

    Cadence(Duration first, Duration distance) {
        this.first = first;
        this.distance = distance;
    }

    static Cadence after(FailureReason reason) {
        return reason == FailureReason.CONNECT_REFUSED || reason == FailureReason.RESET ? PROMPT : UNHURRIED;
    }

    /** From the failure to the start of a re-probe, counted from 0; later where the one before takes longer. */
    Duration start(int probe) {
        return first.plus(distance.multipliedBy(probe));
    }
}
