package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Fleet;
import io.evenkeel.bench.Goal;
import io.evenkeel.bench.Rounds;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.lab.process.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * From the third failing result to the transition that a team can read, through {@code evenkeel run}; beside it, from
 * producing one record to reading it, on the same broker, at the same pace, under the same load.
 */
public final class LatencyBench implements Bench {

    /** goals.md, row 3: p50 and p99. */
    private static final double GOAL = 2;

    private static final int LOAD = 50_000;
    private static final long PACE_NANOS = 20_000_000;
    private static final Duration SOON = Duration.ofMinutes(4);
    private static final Duration START = Duration.ofMinutes(2);
    private static final Fleet FLEET = new Fleet(100, 100);
    private static final Fleet SMALL = new Fleet(10, 100);

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public List<Figure> measure(BenchOptions options) throws Exception {
        int rounds = options.roundsOr(5, 1);
        int samples = options.quick() ? 25 : 400;
        int warm = options.quick() ? 10 : 300;
        try (var world = KafkaWorld.start(options); var traffic = world.traffic()) {
            var run = world.run("run", List.of("-Xmx512m"));
            makeUp(options, traffic, run, warm + 2 * (rounds + 1) * samples);
            var figures = new ArrayList<Figure>();
            options.say("warming up");
            failing(traffic, 0, warm);
            produced(traffic, "warm", warm);
            int next = warm;
            figures.addAll(compared(options, traffic, "idle", rounds, samples, next));
            next += rounds * samples;
            var fleet = options.quick() ? SMALL : FLEET;
            int load = options.quick() ? LOAD / 10 : LOAD;
            Load.expect(fleet, traffic);
            try (var _ = new Load(fleet, traffic, load)) {
                options.say("warming up at %,d results/s".formatted(load));
                failing(traffic, next, samples);
                produced(traffic, "warm under load", samples);
                next += samples;
                figures.addAll(compared(options, traffic,
                        "%,d results/s".formatted(load), rounds, samples, next));
            }
            return figures;
        }
    }

    /** So many nodes, UP. */
    private static void makeUp(BenchOptions options, Traffic traffic, ChildProcess run, int nodes) throws Exception {
        options.say("%,d nodes come up".formatted(nodes));
        var all = IntStream.range(0, nodes).mapToObj(SoloNode::new).toList();
        all.forEach(node -> traffic.sendInBulk(KafkaWorld.TOPICS.targets(), node.target()));
        // Targets first: nobody expects the results of others.
        Traffic.await(START, "the pipeline's start", () -> {
            KafkaWorld.requireAlive(run);
            traffic.flush();
            for (long counter = 1; counter <= 2; counter++) {
                long now = System.nanoTime() / 1_000_000 + counter;
                all.stream().filter(node -> !traffic.has(node, NodeState.UP))
                        .forEach(node -> traffic.sendInBulk(KafkaWorld.TOPICS.probeResults(), node.healthy(now)));
            }
            traffic.flush();
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            return all.stream().allMatch(node -> traffic.has(node, NodeState.UP));
        });
    }

    private static List<Figure> compared(BenchOptions options, Traffic traffic, String when, int rounds, int samples,
            int first) throws Exception {
        var measured = new ArrayList<List<Double>>();
        var reference = new ArrayList<List<Double>>();
        for (int round = 0; round < rounds; round++) {
            reference.add(produced(traffic, when + " " + round, samples));
            measured.add(failing(traffic, first + round * samples, samples));
            options.say("  %s, round %d: p50 %.1f ms, p99 %.1f ms; reference %.1f and %.1f ms".formatted(when,
                    round + 1, Rounds.median(measured.getLast()), Rounds.quantile(measured.getLast(), 0.99),
                    Rounds.median(reference.getLast()), Rounds.quantile(reference.getLast(), 0.99)));
        }
        return List.of(figure("p50", 0.5, when, rounds * samples, measured, reference),
                figure("p99", 0.99, when, rounds * samples, measured, reference));
    }

    private static Figure figure(String called, double share, String when, int results, List<List<Double>> measured,
            List<List<Double>> reference) {
        return Figure.beside("third failure to transition, %s, %s, n = %,d".formatted(when, called, results), "ms",
                Rounds.median(measured.stream().map(round -> Rounds.quantile(round, share)).toList()),
                Rounds.median(reference.stream().map(round -> Rounds.quantile(round, share)).toList()),
                Goal.ratioAtMost(GOAL));
    }

    private static List<Double> failing(Traffic traffic, int first, int samples) throws Exception {
        var nodes = IntStream.range(first, first + samples).mapToObj(SoloNode::new).toList();
        long counter = System.nanoTime() / 1_000_000 + 10_000;
        for (long failure = 0; failure < 2; failure++) {
            long now = counter + failure;
            nodes.forEach(node -> traffic.sendInBulk(KafkaWorld.TOPICS.probeResults(), node.failing(now)));
        }
        traffic.flush();
        Traffic.await(SOON, "SUSPECT of each node",
                () -> nodes.stream().allMatch(node -> traffic.has(node, NodeState.SUSPECT)));
        long[] sent = paced(samples, i -> traffic.send(KafkaWorld.TOPICS.probeResults(), nodes.get(i).failing(
                counter + 2)));
        Traffic.await(SOON, "DOWN of each node",
                () -> nodes.stream().allMatch(node -> traffic.has(node, NodeState.DOWN)));
        return IntStream.range(0, samples).mapToObj(i -> millis(traffic.readAt(nodes.get(i), NodeState.DOWN) - sent[i]))
                .toList();
    }

    private static List<Double> produced(Traffic traffic, String name, int samples) throws Exception {
        long[] sent = paced(samples, i -> traffic.sendReference(name + " " + i, i));
        Traffic.await(SOON, "each record of the reference",
                () -> IntStream.range(0, samples).allMatch(i -> traffic.hasReference(name + " " + i)));
        return IntStream.range(0, samples)
                .mapToObj(i -> millis(traffic.referenceReadAt(name + " " + i) - sent[i])).toList();
    }

    /** When each was sent. */
    private static long[] paced(int samples, IntConsumer send) {
        long[] sent = new long[samples];
        long begin = System.nanoTime();
        for (int i = 0; i < samples; i++) {
            LockSupport.parkNanos(begin + i * PACE_NANOS - System.nanoTime());
            sent[i] = System.nanoTime();
            send.accept(i);
        }
        return sent;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
