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
import java.util.stream.IntStream;

/**
 * From the third failing result to the transition that a team can read, through {@code evenkeel run}; beside it, from
 * producing one record to reading it, on the same broker, at the same pace, under the same load. Between both lies what
 * an {@linkplain CommitFloor empty commit} takes.
 */
public final class LatencyBench implements Bench {

    /** goals.md, row 3: p50 and p99. */
    private static final double GOAL = 2;

    private static final int LOAD = 50_000;
    /** At 50 a second their own commits, those of DECISION and of ALERT are all that two cores can do. */
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofMinutes(4);
    private static final Duration START = Duration.ofMinutes(2);
    /** A topology is compiled by its own use: the first thousand take up to twice as long. */
    private static final int WARM = 1_500;
    /** A node that waits for its turn must not become UNKNOWN meanwhile. */
    private static final String PATIENT = "{staleAfter: 1h}";
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
        int warm = options.quick() ? 10 : WARM;
        try (var world = KafkaWorld.start(options);
                var traffic = world.traffic();
                var _ = new OwnStreams(world, "floor", CommitFloor.topology(), 1)) {
            var run = world.run("run", List.of("-Xmx512m"), SoloNode.clustersByPartition(), PATIENT);
            makeUp(options, traffic, run, warm + samples + 2 * rounds * samples);
            var figures = new ArrayList<Figure>();
            options.say("warming up");
            failing(traffic, 0, warm);
            traffic.answered(KafkaWorld.FLOOR, "warm floor", warm, PACE, SOON);
            traffic.answered(KafkaWorld.REFERENCE, "warm", warm, PACE, SOON);
            int next = warm;
            figures.addAll(compared(options, traffic, "idle", rounds, samples, next));
            next += rounds * samples;
            var fleet = options.quick() ? SMALL : FLEET;
            int load = options.quick() ? LOAD / 10 : LOAD;
            Load.expect(fleet, traffic);
            try (var _ = new Load(fleet, traffic, load)) {
                options.say("warming up at %,d results/s".formatted(load));
                failing(traffic, next, samples);
                traffic.answered(KafkaWorld.REFERENCE, "warm under load", samples, PACE, SOON);
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
        var floor = new ArrayList<List<Double>>();
        for (int round = 0; round < rounds; round++) {
            reference.add(traffic.answered(KafkaWorld.REFERENCE, when + " " + round, samples, PACE, SOON));
            floor.add(traffic.answered(KafkaWorld.FLOOR, "floor " + when + " " + round, samples, PACE, SOON));
            measured.add(failing(traffic, first + round * samples, samples));
            options.say("  %s, round %d: %s; reference %s; an empty commit %s".formatted(when, round + 1,
                    Pace.quantiles(measured.getLast()), Pace.quantiles(reference.getLast()),
                    Pace.quantiles(floor.getLast())));
        }
        int results = rounds * samples;
        return List.of(figure("third failure to transition", 0.5, when, results, measured, reference,
                Goal.ratioAtMost(GOAL)),
                figure("third failure to transition", 0.99, when, results, measured, reference, Goal.ratioAtMost(GOAL)),
                figure("an empty commit, nothing judged", 0.5, when, results, floor, reference),
                figure("an empty commit, nothing judged", 0.99, when, results, floor, reference));
    }

    private static Figure figure(String what, double share, String when, int results, List<List<Double>> measured,
            List<List<Double>> reference, Goal... goals) {
        return Figure.beside("%s, %s, p%.0f, n = %,d".formatted(what, when, 100 * share, results), "ms",
                Rounds.median(measured, share),
                Rounds.median(reference, share), goals);
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
        long[] sent = Pace.sent(samples, PACE, i -> traffic.send(KafkaWorld.TOPICS.probeResults(), nodes.get(i).failing(
                counter + 2)));
        Traffic.await(SOON, "DOWN of each node",
                () -> nodes.stream().allMatch(node -> traffic.has(node, NodeState.DOWN)));
        retire(traffic, nodes);
        return IntStream.range(0, samples).mapToObj(i -> millis(traffic.readAt(nodes.get(i), NodeState.DOWN) - sent[i]))
                .toList();
    }

    /** Else thousands would be DOWN at the end, each a fault that DECISION judges at each tick. */
    private static void retire(Traffic traffic, List<SoloNode> nodes) throws Exception {
        nodes.forEach(node -> traffic.sendInBulk(KafkaWorld.TOPICS.targets(), node.retired()));
        traffic.flush();
        Traffic.await(SOON, "RETIRED of each node",
                () -> nodes.stream().allMatch(node -> traffic.has(node, NodeState.RETIRED)));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
