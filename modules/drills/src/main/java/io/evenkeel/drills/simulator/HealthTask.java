package io.evenkeel.drills.simulator;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.SharedParts;
import io.evenkeel.core.health.ClusterHealth;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.Moment;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What an owner of a {@link HealthPartition} has in memory. Does what the topology's HealthProcessor does. */
final class HealthTask {

    private final HealthPartition partition;
    private final SharedParts shared = new SharedParts();
    private final Map<ClusterId, Judged> clusters = new HashMap<>();
    private final HealthPartition.Uncommitted work = new HealthPartition.Uncommitted();
    private Moment moment = Moment.NONE;
    private long position;
    private boolean over;

    private static final class Judged {
        private final ClusterHealth health;
        private Instant due = Instant.EPOCH;

        private Judged(ClusterHealth health) {
            this.health = health;
        }
    }

    HealthTask(HealthPartition partition) {
        this.partition = partition;
        this.position = partition.committed();
        partition.heads().forEach((id, head) -> cluster(id).health.restore(head));
        partition.nodes().forEach((id, nodes) -> nodes.values().forEach(node -> cluster(id).health.restore(node)));
    }

    private Judged cluster(ClusterId id) {
        return clusters.computeIfAbsent(id, _ -> new Judged(new ClusterHealth(id, shared)));
    }

    /** Takes in all that is there. */
    void readOn() {
        var log = partition.log();
        while (!over && position < log.end()) {
            moment = moment.next(Instant.ofEpochMilli(log.appendedAt(position)));
            take(log.value(position++));
        }
    }

    private void take(HealthInput input) {
        switch (input) {
            case HealthInput.Probed(var result) -> {
                var known = clusters.get(result.cluster());
                if (known != null) {
                    known.health.heard(partition.policy(), result, moment)
                            .ifPresent(step -> follow(result.cluster(), known, step));
                }
            }
            case HealthInput.NodeExpected(var target) -> apply(target.node().cluster(), input);
            case HealthInput.NodeForgotten(var node) -> apply(node.cluster(), input);
            case HealthInput.ClusterExpected(var cluster, _) -> apply(cluster, input);
            case HealthInput.Ticked _ -> {
                tick(input);
                commit();
                if (!over) {
                    partition.judgedUpTo(moment.now());
                }
            }
        }
        if (!work.outputs().isEmpty()) {
            commit();
        }
    }

    private void tick(HealthInput tick) {
        clusters.forEach((id, judged) -> {
            if (!judged.due.isAfter(moment.now())) {
                judged.due = Instant.MAX;
                apply(id, judged, tick);
            }
        });
    }

    private void apply(ClusterId id, HealthInput input) {
        apply(id, cluster(id), input);
    }

    private void apply(ClusterId id, Judged judged, HealthInput input) {
        follow(id, judged, judged.health.apply(partition.policy(), input, moment));
    }

    private void follow(ClusterId id, Judged judged, ClusterHealth.Step step) {
        if (step.headChanged()) {
            work.heads().put(id, judged.health.head());
        }
        for (String name : step.nodesChanged()) {
            work.nodes().computeIfAbsent(id, _ -> new HashMap<>()).put(name, judged.health.node(name).orElse(null));
        }
        if (step.nextCheck().isBefore(judged.due)) {
            judged.due = step.nextCheck();
        }
        work.outputs().addAll(step.outputs());
    }

    void commit() {
        if (!over && !partition.commit(this, work, position)) {
            over = true;
        }
    }
}
