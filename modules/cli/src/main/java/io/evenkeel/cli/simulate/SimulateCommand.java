package io.evenkeel.cli.simulate;

import io.evenkeel.cli.OutputOption;
import io.evenkeel.drills.simulator.SeedReport;
import io.evenkeel.drills.simulator.Simulation;
import io.evenkeel.drills.simulator.SimulationOptions;
import io.evenkeel.events.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs the rules in simulated worlds, seed by seed. */
@Command(name = "simulate", mixinStandardHelpOptions = true, description = "Run health, decision and alert rules in simulated worlds full of faults, hours in seconds, and check "
        + "the ten rules of the design after every event. Needs no Kafka. A seed that breaks a rule is printed with what happened last, and runs again just so. "
        + "Progress goes to the standard error.", footer = {"", "Examples:",
                "  evenkeel simulate                              10 worlds of 10 clusters, a day each",
                "  evenkeel simulate --for 2m                     as many as there is time for, from a random seed on",
                "  evenkeel simulate --seeds 42 --threads 4 --reference   10,000 cluster-hours, beside plain thresholds",
                "  evenkeel simulate --seed 9 --hours 6           one world, again",
                "  evenkeel simulate --seed 9 --hours 6 --trace c8/data-3   and what happened to one node in it"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                        " 0:every rule held", " 1:a rule was broken", " 2:wrong call"})
public final class SimulateCommand implements Callable<Integer> {

    private static final int FAILURES_TOLD = 3;
    private static final int MOST_THREADS = 256;
    /** Random seeds are short enough to be typed. */
    private static final long SEED_LIMIT = 1_000_000_000;

    @Spec
    private CommandSpec spec;
    @Option(names = "--seeds", paramLabel = "N", description = "how many worlds; default: 10, or as many as --for allows")
    private @Nullable Integer seeds;
    @Option(names = "--seed", paramLabel = "SEED", description = "run this one only")
    private @Nullable Long seed;
    @Option(names = "--from", paramLabel = "SEED", description = "the first seed; default: 0, with --for a random one")
    private @Nullable Long from;
    @Option(names = "--hours", paramLabel = "H", defaultValue = "24", description = "virtual hours of each world; default: ${DEFAULT-VALUE}")
    private double hours;
    @Option(names = "--clusters", paramLabel = "N", defaultValue = ""
            + SimulationOptions.CLUSTERS, description = "clusters in each world, 2 to 1000; default: ${DEFAULT-VALUE}")
    private int clusters;
    @Option(names = "--lost", paramLabel = "SHARE", defaultValue = ""
            + SimulationOptions.LOST_PROBES, description = "share of probes that are lost with nothing wrong; default: ${DEFAULT-VALUE}")
    private double lost;
    @Option(names = "--for", paramLabel = "TIME", converter = Seconds.class, description = "start no new world after so long: 90s, 2m, 1h")
    private @Nullable Duration limit;
    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "worlds at a time, each on a thread of its own; results come in the order of seeds, and are the same; default: ${DEFAULT-VALUE}")
    private int threads = 1;
    @Option(names = "--reference", description = "also tell what plain thresholds (Route 53's rule) make of the same probes")
    private boolean reference;
    @Option(names = "--trace", paramLabel = "TEXT", description = "with --seed: print each note with this text in it; an empty text prints all")
    private @Nullable String trace;
    @Mixin
    private OutputOption output = new OutputOption();

    /** {@code 90s}, {@code 2m}, {@code 1h}. */
    static final class Seconds implements ITypeConverter<Duration> {
        private static final Pattern TIME = Pattern.compile("([0-9]{1,6})([smh])");

        @Override
        public Duration convert(String text) {
            var parsed = TIME.matcher(text);
            if (!parsed.matches()) {
                throw new TypeConversionException("must be a number with s, m or h, as 2m, was '" + text + "'");
            }
            long number = Long.parseLong(parsed.group(1));
            return switch (parsed.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
    }

    @Override
    public Integer call() throws Exception {
        var options = options();
        var summary = new Summary();
        long began = System.nanoTime();
        long first = first();
        int most = seed != null ? 1 : seeds != null ? seeds : limit != null ? Integer.MAX_VALUE : 10;
        runAll(first, most, began, options, summary);
        var took = Duration.ofNanos(System.nanoTime() - began);
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.pretty(summary.json(options, first, took, reference)));
        } else {
            summary.lines(options, first, took, reference).forEach(out::println);
        }
        out.flush();
        return summary.failures().isEmpty() ? 0 : 1;
    }

    /** Each world is one thread's; results come in the order of seeds, whoever is ready first. */
    private void runAll(long first, int most, long began, SimulationOptions options, Summary summary)
            throws InterruptedException, ExecutionException {
        try (var workers = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayDeque<Future<SeedReport>>();
            int started = 0;
            while (true) {
                while (running.size() < threads && started < most && (started == 0 || !isOver(began))) {
                    long which = first + started++;
                    running.add(workers.submit(() -> run(which, options)));
                }
                var next = running.poll();
                if (next == null) {
                    return;
                }
                summary.add(next.get());
                tell(next.get(), summary);
            }
        }
    }

    private SimulationOptions options() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ParameterException(spec.commandLine(),
                    "--threads must be 1 to " + MOST_THREADS + ", was " + threads);
        }
        if (trace != null && seed == null) {
            throw new ParameterException(spec.commandLine(), "--trace needs --seed");
        }
        if (seeds != null && seeds < 1) {
            throw new ParameterException(spec.commandLine(), "--seeds must be 1 or more, was " + seeds);
        }
        try {
            return new SimulationOptions(clusters, hours, lost);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private long first() {
        if (seed != null) {
            return seed;
        }
        if (from != null) {
            return from;
        }
        return limit == null ? 0 : ThreadLocalRandom.current().nextLong(SEED_LIMIT);
    }

    private boolean isOver(long began) {
        return limit != null && System.nanoTime() - began > limit.toNanos();
    }

    private SeedReport run(long which, SimulationOptions options) {
        String wanted = trace;
        if (wanted == null) {
            return Simulation.run(which, options);
        }
        var err = spec.commandLine().getErr();
        return Simulation.run(which, options, line -> {
            if (line.contains(wanted)) {
                err.println(line);
            }
        });
    }

    private void tell(SeedReport report, Summary summary) {
        PrintWriter err = spec.commandLine().getErr();
        if (report.failure().isPresent() && summary.failures().size() <= FAILURES_TOLD) {
            report.told().forEach(err::println);
        }
        long falseDowns = report.counted().falseDowns();
        err.printf("seed %d: %.0f cluster-hours, %d events, hash %016x, %s%s%n", report.seed(), report.clusterHours(),
                report.events(), report.hash(), report.failure().isPresent() ? "BROKEN" : "ok",
                falseDowns == 0 ? "" : ", " + falseDowns + " false DOWN");
        err.flush();
    }
}
