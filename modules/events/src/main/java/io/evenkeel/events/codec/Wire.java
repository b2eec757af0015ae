package io.evenkeel.events.codec;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as whole microseconds and enums by name. */
final class Wire {

    private Wire() {}

    /** {@link Instant#MAX}, the domain's "never", is {@link Long#MAX_VALUE}. */
    static long micros(Instant time) {
        return time.equals(Instant.MAX) ? Long.MAX_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant instant(long micros) {
        return micros == Long.MAX_VALUE ? Instant.MAX : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    /**
     * The constant of the same name.
     *
     * @throws IllegalArgumentException when there is none: UNKNOWN, the schema's default for a newer writer's symbol
     */
    static <E extends Enum<E>> E same(Class<E> type, Enum<?> constant) {
        return Enum.valueOf(type, constant.name());
    }

    /** The constant of the same name, else what a newer writer's symbol counts as. */
    static <E extends Enum<E>> E sameOr(E otherwise, Enum<?> constant) {
        for (E candidate : otherwise.getDeclaringClass().getEnumConstants()) {
            if (candidate.name().equals(constant.name())) {
                return candidate;
            }
        }
        return otherwise;
    }
}
