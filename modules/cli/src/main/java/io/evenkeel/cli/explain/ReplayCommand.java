package io.evenkeel.cli.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.config.ConfigFile;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.time.Durations;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.json.Json;
import io.evenkeel.probe.ProbePace;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.replay.PartitionReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What another policy would have made of the past. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = "Put past results through the rules again, by the policy of then and by another one, and show the transitions that differ.", footer = {
        "", "Reads probe-results and targets; writes nothing, and disturbs nobody. The same code judges as in 'run'.",
        "Results are kept for 7 days.", "", "Examples:",
        "  evenkeel replay --from 24h --policy new.yaml",
        "  evenkeel replay --from 2026-11-22T10:00:00Z --to 2026-11-22T11:00:00Z --policy new.yaml --cluster primary"})
public final class ReplayCommand implements Callable<Integer> {

    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);
    /** Rules remember 16 results of a vantage; before that many, a replay knows less than HEALTH did. */
    private static final int WARM_UP_RESULTS = 17;

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;
    @Option(names = "--from", paramLabel = "TIME", required = true, description = "a time such as 2026-11-22T10:00:00Z, or a duration back from now such as 24h")
    private String from = "";
    @Option(names = "--to", paramLabel = "TIME", description = "the same; default: now")
    private @Nullable String to;
    @Option(names = "--policy", paramLabel = "FILE", required = true, description = "a configuration file; its health keys are tried")
    private Path policy = Path.of("evenkeel.yaml");
    @Option(names = "--cluster", paramLabel = "ID", description = "this cluster only; may be given several times; default: all")
    private List<String> clusters = List.of();
    @Mixin
    private OutputOption output = new OutputOption();

    private Instant nextProgress = Instant.now().plus(PROGRESS_EVERY);

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        var read = config.read();
        var tried = ConfigFile.read(policy).policies();
        var now = Instant.now();
        var begin = time(from, now, "--from");
        var end = to == null ? now : time(to, now, "--to");
        if (!begin.isBefore(end)) {
            throw new ParameterException(spec.commandLine(),
                    "--from must be before --to, was " + begin + " and " + end);
        }
        var wanted = new HashSet<>(clusters);
        Predicate<String> matter = wanted.isEmpty() ? key -> !PartitionReader.isTickWriter(key) : wanted::contains;
        try (var history = new History(read)) {
            var comparison = new Comparison(history.policies(), PolicySource.fixed(tried), begin);
            long records = 0;
            for (int partition : partitions(wanted)) {
                records += history.reader().read(partition, begin.minus(warmUp(read)), end,
                        matter, (appended, event, left) -> {
                            progress(partition, left);
                            comparison.apply(appended, event);
                        });
                comparison.endOfPartition();
            }
            print(comparison, begin, end, records, tried.revision());
        }
        return 0;
    }

    private static List<Integer> partitions(Set<String> wanted) {
        return wanted.isEmpty()
                ? IntStream.range(0, Partitioning.SPREAD.partitions()).boxed().toList()
                : wanted.stream().map(id -> Partitioning.SPREAD.forCluster(new ClusterId(id)))
                        .distinct().sorted().toList();
    }

    private static Duration warmUp(EvenkeelConfig read) {
        var longest = read.clusters().stream().map(EvenkeelConfig.Cluster::longestInterval)
                .max(Duration::compareTo).orElse(ProbePace.USUAL.interval());
        return longest.multipliedBy(WARM_UP_RESULTS);
    }

    private Instant time(String text, Instant now, String option) {
        var back = Durations.parse(text);
        if (back.isPresent()) {
            return now.minus(back.get());
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ParameterException(spec.commandLine(), option
                    + " must be a time such as 2026-11-22T10:00:00Z, or a duration such as 24h, was '" + text + "'", e);
        }
    }

    private void progress(int partition, long left) {
        if (Instant.now().isAfter(nextProgress)) {
            nextProgress = Instant.now().plus(PROGRESS_EVERY);
            spec.commandLine().getErr().println("partition " + partition + ": " + left + " records left");
        }
    }

    private void print(Comparison comparison, Instant begin, Instant end, long records, String revision)
            throws JsonProcessingException {
        var out = spec.commandLine().getOut();
        var differences = comparison.differences();
        if (output.isJson()) {
            var report = new LinkedHashMap<String, Object>();
            report.put("from", begin);
            report.put("to", end);
            report.put("recordsRead", records);
            report.put("clusters", comparison.clusters());
            report.put("revisionTried", revision);
            report.put("transitionsThen", comparison.then());
            report.put("transitionsTried", comparison.tried());
            report.put("differences", differences);
            out.println(Json.pretty(report));
            return;
        }
        out.println(begin + " to " + end + ": " + records + " records, " + comparison.clusters() + " clusters");
        out.println("- as it was judged then, + by policy " + revision + " of " + policy);
        out.println();
        differences.forEach(line -> out.println((line.tried() ? "+ " : "- ") + line.at() + "  " + line.subject() + "  "
                + line.from() + " -> " + line.to() + "  " + line.reason()));
        out.println(differences.isEmpty() ? "no transition differs" : "");
        out.println(comparison.then() + " transitions then, " + comparison.tried() + " by " + revision + "; "
                + differences.size() + " differ");
    }
}
