package io.evenkeel.cli.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.health.ClusterExplanation;
import io.evenkeel.core.health.ClusterStatus;
import io.evenkeel.core.health.NodeExplanation;
import io.evenkeel.core.health.NodePolicy;
import io.evenkeel.core.health.NodeStatus;
import io.evenkeel.core.time.Durations;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.json.Json;
import io.evenkeel.probe.ProbePace;
import io.evenkeel.topology.replay.ClusterReplay;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evidence, votes, thresholds, policy revision and next check of a node or a cluster; the gates of an incident. */
@Command(name = "why", mixinStandardHelpOptions = true, description = "Say why a node or a cluster stands where it stands (evidence, votes, thresholds, policy, next check), or why something was done or not about an incident (gates).", footer = {
        "", "Reads the state that HEALTH wrote, and puts the last results through the same rules again.",
        "Writes nothing.", "", "Examples:", "  evenkeel why primary", "  evenkeel why primary/data-1",
        "  evenkeel why primary/data-1 --window 2h --output json",
        "  evenkeel why primary/data-1@1795341720000000"})
public final class WhyCommand implements Callable<Integer> {

    private static final Instant NOW_AND_LATER = Instant.ofEpochMilli(Long.MAX_VALUE / 2);
    /** Rules remember 16 results of a vantage. */
    private static final int RESULTS = 17;
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "SUBJECT", description = "cluster id, cluster/node, or an incident's id (it has an @)")
    private String subject = "";
    @Option(names = "--window", paramLabel = "DURATION", description = "how far back results are read; default: 17 probe intervals, at least 10m")
    private @Nullable String window;
    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        var read = config.read();
        if (subject.indexOf('@') > 0) {
            return incident(read);
        }
        var cluster = cluster();
        var from = Instant.now().minus(window(read, cluster));
        try (var history = new History(read)) {
            var replay = new ClusterReplay(cluster, history.policies());
            long records = history.reader().read(Partitioning.SPREAD.forCluster(cluster), from, NOW_AND_LATER,
                    cluster.value()::equals, (appended, event, _) -> replay.apply(appended, event));
            if (replay.cluster().nodes().isEmpty() && replay.cluster().head().vantages().isEmpty()) {
                throw new ParameterException(spec.commandLine(), "no agent has published targets of cluster '" + cluster
                        + "'; clusters in " + config.file() + ": "
                        + String.join(", ", read.clusters().stream().map(known -> known.id().value()).toList()));
            }
            return subject.indexOf('/') > 0
                    ? node(history, replay, from, records)
                    : cluster(history, replay, from, records);
        }
    }

    private int incident(EvenkeelConfig read) throws InterruptedException, JsonProcessingException {
        try (var history = new History(read)) {
            var decisions = history.reader().all(history.topics().decisions(), 0, subject, Decision.class);
            if (decisions.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "nothing was decided about an incident '" + subject
                        + "'; alerts name theirs, and so does the topic " + history.topics().decisions().name());
            }
            if (output.isJson()) {
                spec.commandLine().getOut().println(Json.pretty(decisions));
            } else {
                new IncidentReport(spec.commandLine().getOut(), Instant.now()).print(decisions);
            }
        }
        return 0;
    }

    private ClusterId cluster() {
        try {
            return subject.indexOf('/') > 0 ? NodeId.parse(subject).cluster() : new ClusterId(subject);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "SUBJECT must be a cluster id or cluster/node: "
                    + e.getMessage(), e);
        }
    }

    private Duration window(EvenkeelConfig read, ClusterId cluster) {
        if (window != null) {
            return Durations.parse(window).orElseThrow(() -> new ParameterException(spec.commandLine(),
                    "--window must be a duration such as 30m or 2h, was '" + window + "'"));
        }
        var interval = read.clusters().stream().filter(known -> known.id().equals(cluster)).findFirst()
                .map(EvenkeelConfig.Cluster::longestInterval).orElse(ProbePace.USUAL.interval());
        var health = read.policies().of(cluster);
        var stale = Stream.concat(Stream.of(health.staleAfter()),
                health.nodes().values().stream().map(NodePolicy::staleAfter)).max(Comparator.naturalOrder());
        var enough = interval.multipliedBy(RESULTS).plus(stale.orElse(health.staleAfter()));
        return enough.compareTo(SHORTEST) > 0 ? enough : SHORTEST;
    }

    private int node(History history, ClusterReplay replay, Instant from, long records)
            throws JsonProcessingException {
        var id = NodeId.parse(subject);
        var explanation = replay.cluster()
                .explain(id.name(), replay.policies().of(id.cluster()), replay.moment())
                .orElseThrow(() -> new ParameterException(spec.commandLine(),
                        "no node '" + id.name() + "' is expected in "
                                + id.cluster() + "; expected: " + String.join(", ", replay.cluster().nodes().stream()
                                        .map(known -> known.target().node().name()).sorted().toList())));
        var status = history.reader().newest(history.topics().nodeStates(),
                Partitioning.SPREAD.forCluster(id.cluster()),
                subject, NodeStatus.class);
        if (output.isJson()) {
            print(status, explanation, replay, from, records);
        } else {
            new NodeReport(spec.commandLine().getOut(), replay.moment().now()).print(status, explanation);
            footer(status.map(NodeStatus::state).map(Enum::name), explanation.state().name(), from, records);
        }
        return 0;
    }

    private int cluster(History history, ClusterReplay replay, Instant from, long records)
            throws JsonProcessingException {
        var id = replay.cluster().head().cluster();
        ClusterExplanation explanation = replay.cluster().explain(replay.policies().of(id), replay.moment());
        var status = history.reader().newest(history.topics().clusterStates(), Partitioning.SPREAD.forCluster(id),
                subject, ClusterStatus.class);
        if (output.isJson()) {
            print(status, explanation, replay, from, records);
        } else {
            var nodes = replay.cluster().nodes().stream()
                    .flatMap(node -> replay.cluster().explain(node.target().node().name(), replay.policies().of(id),
                            replay.moment()).stream())
                    .sorted(Comparator.comparing((NodeExplanation node) -> node.target().node())).toList();
            new ClusterReport(spec.commandLine().getOut(), replay.moment().now()).print(status, explanation, nodes);
            footer(status.map(ClusterStatus::state).map(Enum::name), explanation.state().name(), from, records);
        }
        return 0;
    }

    private void print(Optional<?> status, Object explanation, ClusterReplay replay, Instant from, long records)
            throws JsonProcessingException {
        var report = new LinkedHashMap<String, Object>();
        report.put("subject", subject);
        report.put("now", replay.moment().now());
        report.put("state", status.<Object>map(known -> known).orElse(List.of()));
        report.put("explanation", explanation);
        report.put("replayedFrom", from);
        report.put("recordsRead", records);
        spec.commandLine().getOut().println(Json.pretty(report));
    }

    private void footer(Optional<String> state, String replayed, Instant from, long records) {
        var out = spec.commandLine().getOut();
        out.println();
        out.println(records + " records since " + from + " put through the rules again");
        state.filter(known -> !known.equals(replayed)).ifPresent(known -> out.println("HEALTH says " + known
                + ", these records alone say " + replayed + ": it remembers more; try a longer --window"));
    }
}
