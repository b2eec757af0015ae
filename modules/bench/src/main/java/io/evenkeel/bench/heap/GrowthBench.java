package io.evenkeel.bench.heap;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Fleet;
import io.evenkeel.bench.Goal;
import io.evenkeel.bench.Rounds;
import io.evenkeel.bench.Wire;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.events.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a result costs, decoding and rules, in a small and in a large fleet: the small one is the reference. Both get
 * the same number of results, each target's at its interval and in random order, and the ticks that fall due meanwhile.
 */
public final class GrowthBench implements Bench {

    /** goals.md, row 13. */
    private static final double GOAL = 1.3;

    private static final int NODES = 100;
    private static final Topics TOPICS = new Topics();

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public List<Figure> measure(BenchOptions options) throws Exception {
        int results = options.quick() ? 20_000 : 300_000;
        int rounds = options.roundsOr(5, 2);
        var small = new Fleet(10, NODES);
        var large = options.quick() ? new Fleet(100, NODES) : new Fleet(10_000, NODES);
        try (var wire = new Wire()) {
            return List.of(
                    compared(options, wire, small, large, rounds, results,
                            "a result, %,d instead of %,d targets in clusters of %d".formatted(large.targets(),
                                    small.targets(), NODES)),
                    compared(options, wire, new Fleet(1, NODES), large, rounds, results,
                            "a result, %,d instead of 1 clusters of %d".formatted(large.clusters(), NODES)),
                    compared(options, wire, small, new Fleet(1, options.quick() ? 1_000 : 10_000), rounds, results,
                            "a result, one cluster of %,d instead of ten of %d"
                                    .formatted(options.quick() ? 1_000 : 10_000, NODES)));
        }
    }

    private static Figure compared(BenchOptions options, Wire wire, Fleet small, Fleet large, int rounds, int results,
            String what) {
        options.say(what);
        var a = new Stream(small, wire);
        var b = new Stream(large, wire);
        // Warm: both paths are compiled before anything counts.
        a.nanosPerResult(results);
        b.nanosPerResult(results);
        var ofSmall = new ArrayList<Double>();
        var ofLarge = new ArrayList<Double>();
        for (int round = 1; round <= rounds; round++) {
            ofSmall.add(a.nanosPerResult(results));
            ofLarge.add(b.nanosPerResult(results));
            options.say("  round %d: %.0f and %.0f ns".formatted(round, ofSmall.getLast(), ofLarge.getLast()));
        }
        return Figure.beside(what, "ns", Rounds.median(ofLarge), Rounds.median(ofSmall), Goal.ratioAtMost(GOAL));
    }

    /** The results of one fleet, round after round of its interval, each in another order. */
    private static final class Stream {
        private final Fleet fleet;
        private final Wire wire;
        private final HealthWorld world;
        private final int[] order;
        private final SplittableRandom random = new SplittableRandom(1);
        private int position;
        private long counter = 10;

        private Stream(Fleet fleet, Wire wire) {
            this.fleet = fleet;
            this.wire = wire;
            world = HealthWorld.inOrder(fleet, wire);
            order = new int[fleet.targets() * Fleet.vantages()];
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            shuffle();
        }

        private void shuffle() {
            for (int i = order.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
        }

        private double nanosPerResult(int results) {
            var bytes = new ArrayList<byte[]>(results);
            for (int i = 0; i < results; i++) {
                bytes.add(wire.result(next()));
            }
            double millisPerResult = (double) Fleet.INTERVAL.toMillis() / order.length;
            double elapsed = 0;
            System.gc();
            long begin = System.nanoTime();
            for (var one : bytes) {
                elapsed += millisPerResult;
                if (elapsed >= 1_000) {
                    world.timeGoesOn(1_000);
                    elapsed -= 1_000;
                }
                world.heard((ProbeResult) wire.event(TOPICS.probeResults(), one));
            }
            return (double) (System.nanoTime() - begin) / results;
        }

        private ProbeResult next() {
            if (position == order.length) {
                position = 0;
                counter++;
                shuffle();
            }
            int one = order[position++];
            int target = one / Fleet.vantages();
            return Fleet.healthy(target / fleet.nodes(), target % fleet.nodes(), one % Fleet.vantages(), counter);
        }
    }
}
