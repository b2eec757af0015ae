package io.evenkeel.drills.simulator;

import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.drills.simulator.world.Cluster;
import io.evenkeel.drills.simulator.world.Node;
import io.evenkeel.drills.simulator.world.Timeline;
import java.time.Duration;
import java.util.HashSet;

/** One vantage's probes of one cluster, each half minute. */
final class ClusterLook extends Timeline.Event {

    private static final Duration EVERY = Duration.ofMillis(TargetProbe.INTERVAL);

    private final Agent agent;
    private final Cluster cluster;
    private final int target;
    private final HealthPartition partition;
    private long counter;

    ClusterLook(Agent agent, Cluster cluster, int target, HealthPartition partition) {
        this.agent = agent;
        this.cluster = cluster;
        this.target = target;
        this.partition = partition;
    }

    @Override
    protected void happen() {
        agent.world().timeline().in(TargetProbe.INTERVAL, this);
        if (!agent.isRunning() || agent.isPaused()) {
            return;
        }
        var reached = new HashSet<Node>();
        for (var node : cluster.nodes()) {
            if (Sight.answered(Sight.of(node, agent))) {
                reached.add(node);
            }
        }
        var view = cluster.seenBy(reached::contains, agent.world().now());
        long late = agent.isStarved() ? agent.world().chance().between(500, 10_000) : 0;
        if (reached.size() == cluster.nodes().size()) {
            report(view, late);
            return;
        }
        int boot = agent.boot();
        agent.world().timeline().in(Sight.TIMEOUT, () -> {
            if (agent.isRunning() && agent.boot() == boot && !agent.isPaused()) {
                report(view, late);
            }
        });
    }

    private void report(ClusterView view, long late) {
        agent.saw(target, view.nodesAnswered() == 0);
        var source = agent.source(++counter, agent.doubt(target, view.fine()));
        agent.send(partition, age -> new ClusterProbed(cluster.id(), source, view,
                new Timing(Duration.ofMillis(20), Duration.ofMillis(age), EVERY, Duration.ofMillis(late))));
    }
}
