package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Fleet;
import io.evenkeel.core.health.ProbeResult;
import java.util.SplittableRandom;

/** Healthy results of a fleet in random order, so that neither HEALTH nor the machine's caches know what comes next. */
final class Backlog {

    private static final long PER_ROUND = 100_000_000;

    private final Fleet fleet;
    private final SplittableRandom random;
    private long counter;

    /** @param round 0 or more; later rounds' counters are higher */
    Backlog(Fleet fleet, int round) {
        this.fleet = fleet;
        random = new SplittableRandom(round);
        counter = PER_ROUND * (round + 1L);
    }

    ProbeResult next() {
        int target = random.nextInt(fleet.targets());
        return Fleet.healthy(target / fleet.nodes(), target % fleet.nodes(), random.nextInt(Fleet.vantages()),
                counter++);
    }
}
