package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Goal;
import io.evenkeel.bench.Rounds;
import io.evenkeel.bench.node.NodeFarm;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.FreePorts;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/**
 * One {@code evenkeel agent} and very many targets over HTTP: CPU for each probe, lateness, false failures, memory.
 * Beside it, round by round, blackbox_exporter asked by Prometheus for as many targets of its own at the same interval;
 * Prometheus stands still while the agent is measured.
 */
public final class AgentBench implements Bench {

    /** As the launcher starts agents. */
    static final List<String> JVM = List.of("-XX:+TieredCompilation", "-Xmn24m", "-XX:SurvivorRatio=3", "-Xmx512m",
            "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30", "-XX:TrimNativeHeapInterval=30000");

    /** goals.md, row 5: to blackbox_exporter; ms; MiB. */
    private static final double GOAL_CPU = 0.5;
    private static final double GOAL_LATENESS = 100;
    private static final double GOAL_MEMORY = 300;
    /** goals.md, row 11: MiB with so many targets at most. */
    private static final int SMALL = 1_000;
    private static final double GOAL_MEMORY_SMALL = 128;

    private static final int FARM = 6_000;
    /** With more, blackbox_exporter alone wants more than two processors, and the agent's figures would be of no use. */
    private static final int MOST_BESIDE = 5_000;

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration START = Duration.ofMinutes(3);
    /** Seldom: being asked costs the agent too. */
    private static final Duration SAMPLE = Duration.ofMillis(2_500);

    private final List<Double> agentMicros = new ArrayList<>();
    private final List<Double> blackboxMicros = new ArrayList<>();
    private final List<Double> bothMicros = new ArrayList<>();
    private final List<Double> lateness = new ArrayList<>();
    /** Results of nodes that failed, by reason; none does. */
    private final Map<String, Integer> failures = new ConcurrentSkipListMap<>();
    private double skipped;
    private double memory;

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public List<Figure> measure(BenchOptions options) throws Exception {
        int rounds = options.roundsOr(5, 1);
        int targets = options.targetsOr(2_000, 200);
        var missing = targets > MOST_BESIDE
                ? Optional.of("no reference beside more than %,d targets".formatted(MOST_BESIDE))
                : Prometheus.missing();
        missing.ifPresent(options::say);
        try (var world = KafkaWorld.start(options);
                var http = HttpClient.newHttpClient();
                var _ = new EventReader(world, KafkaWorld.TOPICS.probeResults(), (event, _) -> count(event))) {
            options.say("%,d targets, an agent%s".formatted(targets, missing.isEmpty() ? ", Prometheus" : ""));
            int farm = startFarm(world, http, targets, 0);
            var agent = WatchingAgent.start(world, http, farm, targets, INTERVAL, TIMEOUT);
            var reference = missing.isEmpty()
                    ? Optional.of(Reference.start(world, http, targets))
                    : Optional.<Reference>empty();
            Traffic.await(START, "two probes of each target", () -> agent.counted("probes") >= 2L * targets);
            for (int round = 0; round < rounds; round++) {
                agent(agent);
                String beside = "";
                if (reference.isPresent()) {
                    reference.get().measure(INTERVAL, blackboxMicros, bothMicros);
                    beside = ", blackbox_exporter %.0f us".formatted(blackboxMicros.getLast());
                }
                options.say("  round %d: %.0f us of CPU for each probe%s".formatted(round + 1, agentMicros.getLast(),
                        beside));
            }
            memory = ProcessUse.residentMebibytes(agent.process());
            missing.ifPresent(options::say);
            failures.forEach((reason, count) -> options.say("  %,d false failures: %s".formatted(count, reason)));
            return figures(targets, missing.isEmpty());
        }
    }

    private void count(Object event) {
        if (event instanceof NodeProbed probed && probed.outcome() instanceof Outcome.Failure(var reason, _)) {
            failures.merge(reason + (probed.source().doubt().isEmpty() ? "" : ", doubted"), 1, Integer::sum);
        }
    }

    /** Starts nodes, some thousand in a process, so that none needs more files than a process may open; returns their port. */
    private static int startFarm(KafkaWorld world, HttpClient http, int targets, int number) throws Exception {
        int port = FreePorts.find();
        for (int first = 0; first < targets; first += FARM) {
            int count = Math.min(FARM, targets - first);
            world.program("farm-" + number + "-" + first, NodeFarm.command("farm", port, first, count));
            String last = WatchedNode.url(NodeFarm.address(first + count - 1), port);
            Traffic.await(START, "the start of the farm", () -> WatchedNode.told(http, last, NodeFarm.REQUESTS) >= 0);
        }
        return port;
    }

    private void agent(WatchingAgent agent) throws Exception {
        double probes = agent.counted("probes");
        double passedOver = agent.counted("skipped");
        var cpu = ProcessUse.cpu(agent.process());
        long end = System.nanoTime() + INTERVAL.multipliedBy(2).toNanos();
        while (System.nanoTime() < end) {
            Thread.sleep(SAMPLE);
            lateness.add(agent.latenessMillis());
        }
        double made = agent.counted("probes") - probes;
        agentMicros.add(ProcessUse.cpu(agent.process()).minus(cpu).toNanos() / 1e3 / made);
        skipped += agent.counted("skipped") - passedOver;
    }

    private List<Figure> figures(int targets, boolean beside) {
        String what = "CPU for each probe, %,d targets at 10 s, with Kafka".formatted(targets);
        double micros = Rounds.median(agentMicros);
        var figures = new ArrayList<Figure>();
        if (beside) {
            figures.add(Figure.beside(what, "us", micros, Rounds.median(blackboxMicros), Goal.ratioAtMost(GOAL_CPU)));
            figures.add(Figure.beside("  the same beside Prometheus with blackbox_exporter", "us", micros,
                    Rounds.median(bothMicros)));
        } else {
            figures.add(Figure.of(what, "us", micros));
        }
        figures.add(Figure.of("lateness p99 of 1,024 probes, median", "ms", Rounds.median(lateness)));
        figures.add(Figure.of("lateness p99 of 1,024 probes, worst", "ms", Rounds.quantile(lateness, 1),
                Goal.atMost(GOAL_LATENESS)));
        figures.add(Figure.of("false failures, from the first probe on", "probes",
                failures.values().stream().mapToInt(Integer::intValue).sum(), Goal.atMost(0)));
        figures.add(Figure.of("probe times passed over", "probes", skipped, Goal.atMost(0)));
        figures.add(Figure.of("resident memory of the agent", "MiB", memory,
                Goal.atMost(targets <= SMALL ? GOAL_MEMORY_SMALL : GOAL_MEMORY)));
        return figures;
    }

    /** Prometheus, blackbox_exporter and the farm that they alone ask. */
    private record Reference(Prometheus programs, HttpClient http, String node) {

        static Reference start(KafkaWorld world, HttpClient http, int targets) throws Exception {
            int port = startFarm(world, http, targets, 1);
            var urls = IntStream.range(0, targets).mapToObj(i -> WatchedNode.url(NodeFarm.address(i), port)).toList();
            var reference = new Reference(Prometheus.watching(world, urls, INTERVAL, TIMEOUT), http, urls.getFirst());
            Traffic.await(START, "two probes of Prometheus", () -> reference.asked() >= 2L * targets);
            reference.programs().server().pause();
            return reference;
        }

        private long asked() {
            return WatchedNode.told(http, node, NodeFarm.REQUESTS);
        }

        private ChildProcess server() {
            return programs.server();
        }

        /** After an interval to settle, two; microseconds for each probe, of blackbox_exporter alone and of both. */
        void measure(Duration interval, List<Double> blackbox, List<Double> both) throws Exception {
            server().resume();
            Thread.sleep(interval);
            long before = asked();
            var ofBlackbox = ProcessUse.cpu(programs.blackbox());
            var ofServer = ProcessUse.cpu(server());
            Thread.sleep(interval.multipliedBy(2));
            double made = asked() - before;
            double micros = ProcessUse.cpu(programs.blackbox()).minus(ofBlackbox).toNanos() / 1e3;
            blackbox.add(micros / made);
            both.add((micros + ProcessUse.cpu(server()).minus(ofServer).toNanos() / 1e3) / made);
            server().pause();
        }
    }
}
