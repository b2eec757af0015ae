package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Fleet;
import io.evenkeel.bench.Goal;
import io.evenkeel.bench.Rounds;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Topics;
import io.evenkeel.topology.health.HealthTopology;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.run.StreamsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * How fast HEALTH works off a backlog: the same results for HEALTH and for a topology that only passes them through, one
 * after the other, round by round. A backlog ends with a mark in each partition, and a round when what came of all marks
 * can be read.
 */
public final class TopologyBench implements Bench {

    /** goals.md, row 4: 10 million targets at 30 s, and 0.4 of the pass-through. */
    private static final double GOAL_RATE = 333_000;
    private static final double GOAL_RATIO = 0.4;

    private static final int THREADS = 2;
    private static final Duration START = Duration.ofMinutes(30);
    private static final Duration WORKED_OFF = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "topology";
    }

    @Override
    public List<Figure> measure(BenchOptions options) throws Exception {
        int rounds = options.roundsOr(5, 2);
        var fleet = options.quick() ? new Fleet(10, 100) : new Fleet(10_000, 100);
        int backlog = options.quick() ? 100_000 : 2_000_000;
        try (var world = KafkaWorld.start(options);
                var traffic = world.traffic();
                var health = new Paused(world, "health", health(world));
                var pass = new Paused(world, "pass", PassThrough.topology())) {
            makeUp(options, fleet, traffic, rounds + 1);
            var ofHealth = new ArrayList<Double>();
            var ofPass = new ArrayList<Double>();
            for (int round = 0; round <= rounds; round++) {
                health.pause();
                pass.pause();
                send(fleet, traffic, backlog, round);
                int now = round;
                double passed = rate(backlog, pass, () -> IntStream.range(0, Topics.SPREAD)
                        .allMatch(i -> traffic.hasReference(mark(now, i))));
                pass.pause();
                double judged = rate(backlog, health, () -> IntStream.range(0, Topics.SPREAD)
                        .allMatch(i -> traffic.has(marker(now, i), NodeState.SUSPECT)));
                options.say("  round %d: %,.0f results/s, reference %,.0f".formatted(round, judged, passed));
                if (round > 0) {
                    ofHealth.add(judged);
                    ofPass.add(passed);
                }
            }
            return List.of(Figure.beside(
                    "HEALTH, %,d targets in %,d clusters, 3 vantages, %d threads".formatted(fleet.targets(),
                            fleet.clusters(), THREADS),
                    "results/s", Rounds.median(ofHealth), Rounds.median(ofPass), Goal.ratioAtLeast(GOAL_RATIO),
                    Goal.atLeast(GOAL_RATE)));
        }
    }

    private static Topology health(KafkaWorld world) {
        // HEALTH reads nothing of how to decide.
        var second = Duration.ofSeconds(1);
        var decision = new DecisionPolicy("bench", false, second, second, second, second, second, second, 1, false,
                List.of());
        var policies = PolicySource
                .fixed(new PolicySet(HealthPolicy.defaults("bench"), new TreeMap<>(), decision));
        return new HealthTopology(KafkaWorld.TOPICS, world.wire().serdes(), policies).get();
    }

    /** The fleet, and for each round a node in each partition whose first failure is the mark. */
    private static void makeUp(BenchOptions options, Fleet fleet, Traffic traffic, int rounds) throws Exception {
        options.say("%,d targets come up".formatted(fleet.targets()));
        Load.expect(fleet, traffic);
        var markers = IntStream.range(0, rounds * Topics.SPREAD).mapToObj(SoloNode::new).toList();
        markers.forEach(node -> traffic.sendInBulk(KafkaWorld.TOPICS.targets(), node.target()));
        traffic.flush();
        // Targets are another topic: only what was heard after they were read counts.
        for (long counter = 1; !markers.stream().allMatch(node -> traffic.has(node, NodeState.UP)); counter++) {
            long now = counter;
            markers.forEach(node -> traffic.sendInBulk(KafkaWorld.TOPICS.probeResults(), node.healthy(now)));
            traffic.flush();
            Thread.sleep(1_000);
        }
        for (long counter = 1; counter <= 2; counter++) {
            Load.report(fleet, traffic, counter);
        }
    }

    private static void send(Fleet fleet, Traffic traffic, int backlog, int round) {
        var load = new Backlog(fleet, round);
        for (int i = 0; i < backlog; i++) {
            traffic.sendInBulk(KafkaWorld.TOPICS.probeResults(), load.next());
        }
        traffic.flush();
        for (int i = 0; i < Topics.SPREAD; i++) {
            traffic.sendMarked(KafkaWorld.TOPICS.probeResults(), marker(round, i).failing(1_000_000),
                    mark(round, i));
        }
        traffic.flush();
    }

    private static SoloNode marker(int round, int partition) {
        return new SoloNode(round * Topics.SPREAD + partition);
    }

    private static String mark(int round, int partition) {
        return "round " + round + " partition " + partition;
    }

    private static double rate(int backlog, Paused streams, java.util.function.BooleanSupplier done) throws Exception {
        long begin = System.nanoTime();
        streams.resume();
        Traffic.await(WORKED_OFF, "the end of the backlog", done);
        return backlog / ((System.nanoTime() - begin) / 1e9);
    }

    /** A Streams application with the settings of all of Evenkeel's, that runs when it is told to. */
    private static final class Paused implements AutoCloseable {
        private final KafkaStreams streams;

        private Paused(KafkaWorld world, String name, Topology topology) throws Exception {
            var settings = new StreamsSettings("bench-" + name, world.folder().resolve("state-" + name).toString(), 1,
                    Map.of("bootstrap.servers", world.kafka().bootstrapServers(), "num.stream.threads",
                            Integer.toString(THREADS)));
            streams = new KafkaStreams(topology, settings.properties());
            streams.start();
            Traffic.await(START, "the start of " + name, () -> streams.state() == KafkaStreams.State.RUNNING);
        }

        private void pause() {
            streams.pause();
        }

        private void resume() {
            streams.resume();
        }

        @Override
        public void close() {
            streams.close(CloseOptions.timeout(Duration.ofSeconds(20)));
        }
    }
}
