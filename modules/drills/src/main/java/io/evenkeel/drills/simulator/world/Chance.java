package io.evenkeel.drills.simulator.world;

import java.util.List;
import java.util.SplittableRandom;

/** The one source of chance of a simulation: the same seed and the same questions give the same answers. */
public final class Chance {

    private final SplittableRandom random;

    public Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** @param probability 0 to 1 */
    public boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** From {@code least} to {@code most}, both included. */
    public long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /** 0 to {@code bound} - 1. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Milliseconds until the next of events that come by chance, so many an hour in the mean; at least 1. */
    public long untilNext(double perHour) {
        double hours = -Math.log(1 - random.nextDouble()) / perHour;
        return Math.max(1, (long) (hours * 3_600_000));
    }
}
