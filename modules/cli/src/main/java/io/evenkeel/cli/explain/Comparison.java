package io.evenkeel.cli.explain;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.health.HealthOutput;
import io.evenkeel.events.Tick;
import io.evenkeel.topology.health.HealthInputs;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.replay.ClusterReplay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The same records by two policies, side by side. */
final class Comparison {

    /**
     * A transition that only one of the two made.
     *
     * @param tried whether it was the policy that is tried
     */
    record Line(boolean tried, Instant at, String subject, String from, String to, String reason) {

        /** What makes two transitions the same: whom, where to and when, not in which words. */
        private Line asTried(boolean other) {
            return new Line(other, at, subject, from, to, "");
        }
    }

    private record Pair(ClusterReplay then, ClusterReplay tried) {}

    private final PolicySource policiesThen;
    private final PolicySource policiesTried;
    private final Instant begin;
    private final Map<String, Pair> partition = new HashMap<>();
    private final List<Line> then = new ArrayList<>();
    private final List<Line> tried = new ArrayList<>();
    private int clusters;

    /** @param begin transitions before it are warm-up, and not compared */
    Comparison(PolicySource policiesThen, PolicySource policiesTried, Instant begin) {
        this.policiesThen = policiesThen;
        this.policiesTried = policiesTried;
        this.begin = begin;
    }

    /** The next record of the partition: a tick is for all clusters of it. */
    void apply(Instant appended, Object event) {
        if (event instanceof Tick) {
            partition.values().forEach(pair -> apply(pair, appended, event));
        } else {
            apply(pair(HealthInputs.cluster(event)), appended, event);
        }
    }

    private Pair pair(ClusterId cluster) {
        return partition.computeIfAbsent(cluster.value(), _ -> new Pair(new ClusterReplay(cluster, policiesThen),
                new ClusterReplay(cluster, policiesTried)));
    }

    private void apply(Pair pair, Instant appended, Object event) {
        note(pair.then().apply(appended, event), false, then);
        note(pair.tried().apply(appended, event), true, tried);
    }

    private void note(List<HealthOutput> outputs, boolean isTried, List<Line> lines) {
        outputs.stream().map(output -> line(output, isTried)).filter(line -> !line.at().isBefore(begin))
                .forEach(lines::add);
    }

    private static Line line(HealthOutput output, boolean tried) {
        return switch (output) {
            case HealthOutput.NodeChanged(var moved) -> new Line(tried, moved.at(), moved.node().toString(),
                    moved.from().name(), moved.to().name(), moved.reason());
            case HealthOutput.ClusterChanged(var moved) -> new Line(tried, moved.at(), moved.cluster().value(),
                    moved.from().name(), moved.to().name(), moved.reason());
            case HealthOutput.VantageChanged(var moved) -> new Line(tried, moved.at(),
                    moved.cluster() + ", vantage " + moved.vantage().name(), moved.from().name(), moved.to().name(),
                    moved.reason());
        };
    }

    /** Clusters of the next partition are others: what was built up can go. */
    void endOfPartition() {
        clusters += partition.size();
        partition.clear();
    }

    int clusters() {
        return clusters;
    }

    int then() {
        return then.size();
    }

    int tried() {
        return tried.size();
    }

    /** By time; of one moment, that of then first. */
    List<Line> differences() {
        var differences = new ArrayList<Line>();
        differences.addAll(without(then, tried));
        differences.addAll(without(tried, then));
        differences.sort(Comparator.comparing(Line::at).thenComparing(Line::tried).thenComparing(Line::subject));
        return differences;
    }

    private static List<Line> without(List<Line> lines, List<Line> others) {
        var known = new HashSet<Line>();
        others.forEach(line -> known.add(line.asTried(false)));
        return lines.stream().filter(line -> !known.contains(line.asTried(false))).toList();
    }
}
