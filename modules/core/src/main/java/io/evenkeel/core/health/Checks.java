package io.evenkeel.core.health;

import java.time.Duration;

/** Rules of policies' numbers; a complaint names key, rule and value. */
final class Checks {

    private Checks() {}

    static void between(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", was " + value);
        }
    }

    static void stale(Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("health.staleAfter must be at least 1 s, was " + value);
        }
    }

    static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + " must not be negative, was " + value);
        }
    }
}
