package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Fleet;
import io.evenkeel.bench.Goal;
import io.evenkeel.bench.Rounds;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.NodePolicy;
import io.evenkeel.core.health.NodeRole;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Tick;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.EventPublisher;
import io.evenkeel.topology.health.HealthTopology;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.run.TickWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.streams.Topology;

/**
 * How fast HEALTH works off a backlog: the same results for HEALTH and for a topology that only passes them through, one
 * after the other, round by round, and the same of a thousand targets alone. A backlog ends with a mark in each partition, and a round when what came of all marks
 * can be read.
 */
public final class TopologyBench implements Bench {

    /** goals.md, row 4: 10 million targets at 30 s, and 0.4 of the pass-through. */
    private static final double GOAL_RATE = 333_000;
    private static final double GOAL_RATIO = 0.4;

    /** goals.md, row 13. */
    private static final double GOAL_GROWTH = 1.3;

    private static final int THREADS = 2;
    /** A part of the fleet that the processor's caches can hold, spread over all partitions. */
    private static final Fleet FEW = new Fleet(100, 10);
    private static final Duration UP = Duration.ofMinutes(20);
    private static final Duration WORKED_OFF = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "topology";
    }

    @Override
    public List<Figure> measure(BenchOptions options) throws Exception {
        int rounds = options.roundsOr(5, 2);
        var fleet = options.quick() ? new Fleet(100, 20) : new Fleet(10_000, 100);
        int backlog = options.quick() ? 100_000 : 2_000_000;
        try (var world = KafkaWorld.start(options);
                var traffic = world.traffic();
                var publisher = new EventPublisher(world.kafka(), "bench-ticks", world.wire().serdes().serializer());
                var ticks = new TickWriter(publisher, List.of(KafkaWorld.TOPICS.probeResults()), "bench",
                        () -> Tick.PolicyPointer.NONE);
                var health = new OwnStreams(world, "health", health(world), THREADS);
                var pass = new OwnStreams(world, "pass", PassThrough.topology(), THREADS)) {
            ticks.start();
            makeUp(options, fleet, traffic, 2 * (rounds + 1));
            var side = new Side(traffic, health, pass);
            var ofAll = new ArrayList<Rates>();
            var ofFew = new ArrayList<Rates>();
            for (int round = 0; round <= rounds; round++) {
                var all = side.workedOff(fleet, backlog, 2 * round);
                var few = side.workedOff(FEW, backlog / 2, 2 * round + 1);
                options.say("  round %d: %,.0f results/s, reference %,.0f; of %,d targets %,.0f".formatted(round,
                        all.judged(), all.passed(), FEW.targets(), few.judged()));
                if (round > 0) {
                    ofAll.add(all);
                    ofFew.add(few);
                }
            }
            return figures(fleet, ofAll, ofFew);
        }
    }

    private static List<Figure> figures(Fleet fleet, List<Rates> ofAll, List<Rates> ofFew) {
        double judged = Rounds.median(ofAll.stream().map(Rates::judged).toList());
        double few = Rounds.median(ofFew.stream().map(Rates::judged).toList());
        return List.of(
                Figure.beside("HEALTH, %,d targets in %,d clusters, 3 vantages, %d threads".formatted(fleet.targets(),
                        fleet.clusters(), THREADS), "results/s", judged,
                        Rounds.median(ofAll.stream().map(Rates::passed).toList()), Goal.ratioAtLeast(GOAL_RATIO),
                        Goal.atLeast(GOAL_RATE)),
                Figure.beside("a result through HEALTH, of %,d targets instead of %,d".formatted(fleet.targets(),
                        FEW.targets()), "ns", 1e9 / judged, 1e9 / few, Goal.ratioAtMost(GOAL_GROWTH)));
    }

    /** Results a second, by HEALTH and by the reference. */
    private record Rates(double judged, double passed) {}

    /** Both sides of a round. */
    private record Side(Traffic traffic, OwnStreams health, OwnStreams pass) {

        /** @param number of the backlog, each higher than the last */
        Rates workedOff(Fleet fleet, int backlog, int number) throws Exception {
            health.pause();
            pass.pause();
            send(fleet, traffic, backlog, number);
            double passed = rate(backlog, pass, () -> IntStream.range(0, Topics.SPREAD)
                    .allMatch(i -> traffic.hasReference(mark(number, i))));
            pass.pause();
            double judged = rate(backlog, health, () -> IntStream.range(0, Topics.SPREAD)
                    .allMatch(i -> traffic.has(marker(number, i), NodeState.SUSPECT)));
            return new Rates(judged, passed);
        }
    }

    private static Topology health(KafkaWorld world) {
        // HEALTH reads nothing of how to decide.
        var second = Duration.ofSeconds(1);
        var decision = new DecisionPolicy("bench", false, second, second, second, second, second, second, 1, false,
                List.of());
        var policies = PolicySource.fixed(new PolicySet(patient(), new TreeMap<>(), decision));
        return new HealthTopology(KafkaWorld.TOPICS, world.wire().serdes(), policies).get();
    }

    /** The defaults, but nobody falls silent while a million are brought up one after the other. */
    private static HealthPolicy patient() {
        var usual = HealthPolicy.defaults("bench");
        var nodes = new EnumMap<NodeRole, NodePolicy>(NodeRole.class);
        usual.nodes().forEach((role, numbers) -> nodes.put(role, new NodePolicy(numbers.classes(),
                numbers.recoveryThreshold(), numbers.minimumHealthy(), numbers.startupGrace(), numbers.confirmations(),
                numbers.contradictionAfter(), numbers.overrideFlappingAfter(), numbers.flapping(),
                UP.multipliedBy(2))));
        return new HealthPolicy(usual.revision(), nodes, usual.cluster(), UP.multipliedBy(2), usual.maxLateness());
    }

    /** The fleet, and for each round a node in each partition whose first failure is the mark. */
    private static void makeUp(BenchOptions options, Fleet fleet, Traffic traffic, int rounds) throws Exception {
        options.say("%,d targets come up".formatted(fleet.targets()));
        Load.expect(fleet, traffic);
        var markers = IntStream.range(0, rounds * Topics.SPREAD).mapToObj(SoloNode::new).toList();
        awaitUp(traffic, markers);
        for (long counter = 1; counter <= 2; counter++) {
            Load.report(fleet, traffic, counter);
        }
        options.say("until all are UP");
        awaitUp(traffic, IntStream.range(0, Topics.SPREAD).mapToObj(i -> new SoloNode(rounds * Topics.SPREAD + i))
                .toList());
    }

    /** Of nodes that the pipeline does not know yet: what was sent before them is judged before them. */
    private static void awaitUp(Traffic traffic, List<SoloNode> nodes) throws Exception {
        nodes.forEach(node -> traffic.sendInBulk(KafkaWorld.TOPICS.targets(), node.target()));
        traffic.flush();
        // Targets are another topic: only what was heard after they were read counts.
        var counter = new long[1];
        Traffic.await(UP, "the last of the fleet", () -> {
            counter[0]++;
            nodes.forEach(node -> traffic.sendInBulk(KafkaWorld.TOPICS.probeResults(), node.healthy(counter[0])));
            traffic.flush();
            LockSupport.parkNanos(1_000_000_000);
            return nodes.stream().allMatch(node -> traffic.has(node, NodeState.UP));
        });
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

    private static double rate(int backlog, OwnStreams streams, java.util.function.BooleanSupplier done)
            throws Exception {
        long begin = System.nanoTime();
        streams.resume();
        Traffic.await(WORKED_OFF, "the end of the backlog", done);
        return backlog / ((System.nanoTime() - begin) / 1e9);
    }
}
