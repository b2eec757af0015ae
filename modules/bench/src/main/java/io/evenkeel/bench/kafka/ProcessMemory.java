package io.evenkeel.bench.kafka;

import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Fleet;
import io.evenkeel.bench.Goal;
import io.evenkeel.core.health.NodeState;
import java.time.Duration;
import java.util.List;

/** Resident memory of {@code evenkeel run} that judges a fleet at its interval; read from /proc, so on Linux only. */
public final class ProcessMemory {

    /** goals.md, row 11, in MiB. */
    private static final double GOAL_PIPELINE = 512;

    private static final int NODES = 100;
    private static final Duration CAUGHT_UP = Duration.ofMinutes(15);
    private static final Duration WATCHED = Duration.ofSeconds(35);

    private ProcessMemory() {}

    public static Figure measure(BenchOptions options) throws Exception {
        var fleet = new Fleet(options.quick() ? 10 : 1_000, NODES);
        try (var world = KafkaWorld.start(options); var traffic = world.traffic()) {
            // The heap that docs/performance.md tells for 100,000 targets; the rest of the goal is for the JVM itself.
            var run = world.run("run", List.of("-Xmx288m"));
            options.say("%,d targets come up".formatted(fleet.targets()));
            Load.expect(fleet, traffic);
            for (long counter = 1; counter <= 3; counter++) {
                Load.report(fleet, traffic, counter);
            }
            var last = new SoloNode(0);
            traffic.sendInBulk(KafkaWorld.TOPICS.targets(), last.target());
            traffic.flush();
            var counter = new long[1];
            Traffic.await(CAUGHT_UP, "the pipeline's catching up", () -> {
                KafkaWorld.requireAlive(run);
                traffic.send(KafkaWorld.TOPICS.probeResults(), last.healthy(++counter[0]));
                return traffic.has(last, NodeState.UP);
            });
            int perSecond = Math.toIntExact((long) fleet.targets() * Fleet.vantages() / Fleet.INTERVAL.toSeconds());
            try (var _ = new Load(fleet, traffic, perSecond)) {
                options.say("watching at %,d results/s".formatted(perSecond));
                Thread.sleep(WATCHED);
                return Figure.of("resident memory of evenkeel run, %,d targets".formatted(fleet.targets()), "MiB",
                        ProcessUse.residentMebibytes(run), Goal.atMost(GOAL_PIPELINE));
            }
        }
    }
}
