package io.evenkeel.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Report;
import io.evenkeel.bench.heap.GrowthBench;
import io.evenkeel.bench.kafka.AgentBench;
import io.evenkeel.bench.kafka.AlertsBench;
import io.evenkeel.bench.kafka.DetectionBench;
import io.evenkeel.bench.kafka.LatencyBench;
import io.evenkeel.bench.kafka.MemoryBench;
import io.evenkeel.bench.kafka.TakeoverBench;
import io.evenkeel.bench.kafka.TopologyBench;
import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.OwnCommandLine;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures one thing, prints it beside its reference and its goal. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measure Evenkeel on this machine, each figure beside a reference in the same call. A missed goal is "
        + "printed as missed and is no failure, unless --check is given. Progress goes to the standard error.", footer = {
                "", "Examples:", "  evenkeel bench memory                  heap for each target",
                "  evenkeel bench growth --rounds 9       cost of a result, small and large fleets",
                "  evenkeel bench latency --quick         seconds instead of minutes: does it work at all?",
                "  evenkeel bench topology --output json  for programs",
                "  evenkeel bench detection               from kill -9 to DOWN, 30 processes",
                "  evenkeel bench agent --targets 5000    CPU for each probe, beside blackbox_exporter",
                "  evenkeel bench agent --tls             the same over https",
                "  EVENKEEL_JAVA_OPTS=-Xmx4g evenkeel bench growth"})
public final class BenchCommand implements Callable<Integer> {

    private static final List<Bench> BENCHES = List.of(new MemoryBench(), new GrowthBench(), new LatencyBench(),
            new TopologyBench(), new TakeoverBench(), new DetectionBench(), new AgentBench(), new AlertsBench());

    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "NAME", description = "what to measure: ${COMPLETION-CANDIDATES}", completionCandidates = Names.class)
    private String name = "";
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "0", description = "how often; default: each bench's own number")
    private int rounds;
    @Option(names = "--quick", description = "small: shows that the bench works, not how fast Evenkeel is")
    private boolean quick;
    @Option(names = "--targets", paramLabel = "N", defaultValue = "0", description = "how many targets bench agent has; default: 2000")
    private int targets;
    @Option(names = "--tls", description = "bench agent: its targets answer over https")
    private boolean tls;
    @Option(names = "--check", description = "exit with 1 when a goal is missed")
    private boolean check;
    @Mixin
    private OutputOption output = new OutputOption();

    /** For the help and for completion. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return BENCHES.stream().map(Bench::name).iterator();
        }
    }

    @Override
    public Integer call() throws Exception {
        var bench = BENCHES.stream().filter(candidate -> candidate.name().equals(name)).findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "no bench is called '" + name
                        + "'; there are " + BENCHES.stream().map(Bench::name).collect(Collectors.joining(", "))));
        var err = spec.commandLine().getErr();
        var options = new BenchOptions(rounds, quick, targets, tls, line -> {
            err.println(line);
            err.flush();
        }, OwnCommandLine.serverWords());
        var report = new Report(name, quick, bench.measure(options));
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()));
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
        return check && !report.isReached() ? 1 : 0;
    }
}
