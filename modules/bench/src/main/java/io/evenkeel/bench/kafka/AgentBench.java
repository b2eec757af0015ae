package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Goal;
import io.evenkeel.bench.Rounds;
import io.evenkeel.bench.node.FarmTls;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.lab.process.ChildProcess;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

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

    /** With more, blackbox_exporter alone wants more than two processors, and the agent's figures would be of no use. */
    private static final int MOST_BESIDE = 5_000;

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** 20,000 targets over https begin within 200 s. */
    private static final Duration START = Duration.ofMinutes(6);
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
            options.say("%,d targets%s, an agent%s".formatted(targets, options.tls() ? " over https" : "",
                    missing.isEmpty() ? ", Prometheus" : ""));
            var tls = options.tls()
                    ? Optional.of(FarmTls.make(world.folder().resolve("tls"), targets))
                    : Optional.<FarmTls>empty();
            var farm = Farm.start(world, "farm", targets, tls);
            var agent = WatchingAgent.start(world, http, farm, INTERVAL, TIMEOUT);
            var reference = missing.isEmpty()
                    ? Optional.of(Reference.start(world, Farm.start(world, "farm-of-reference", targets, tls)))
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
            return figures(targets, options.tls(), missing.isEmpty());
        }
    }

    private void count(Object event) {
        if (event instanceof NodeProbed probed && probed.outcome() instanceof Outcome.Failure(var reason, _)) {
            failures.merge(reason + (probed.source().doubt().isEmpty() ? "" : ", doubted"), 1, Integer::sum);
        }
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

    private List<Figure> figures(int targets, boolean tls, boolean beside) {
        String what = "CPU for each probe, %,d targets at 10 s, %swith Kafka".formatted(targets, tls ? "https, " : "");
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
    private record Reference(Prometheus programs, Farm farm) {

        static Reference start(KafkaWorld world, Farm farm) throws Exception {
            var reference = new Reference(Prometheus.watching(world, farm, INTERVAL, TIMEOUT), farm);
            Traffic.await(START, "two probes of Prometheus", () -> farm.asked() >= 2L * farm.nodes());
            reference.programs().server().pause();
            return reference;
        }

        private ChildProcess server() {
            return programs.server();
        }

        /** After an interval to settle, two; microseconds for each probe, of blackbox_exporter alone and of both. */
        void measure(Duration interval, List<Double> blackbox, List<Double> both) throws Exception {
            server().resume();
            Thread.sleep(interval);
            long before = farm.asked();
            var ofBlackbox = ProcessUse.cpu(programs.blackbox());
            var ofServer = ProcessUse.cpu(server());
            Thread.sleep(interval.multipliedBy(2));
            double made = farm.asked() - before;
            double micros = ProcessUse.cpu(programs.blackbox()).minus(ofBlackbox).toNanos() / 1e3;
            blackbox.add(micros / made);
            both.add((micros + ProcessUse.cpu(server()).minus(ofServer).toNanos() / 1e3) / made);
            server().pause();
        }
    }
}
