package io.evenkeel.drills.simulator;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.health.ClusterHead;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.HealthOutput;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeHealth;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.drills.simulator.rule.Happening;
import io.evenkeel.drills.simulator.world.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One partition of {@code probe-results} and {@code targets}, and what HEALTH keeps of it: the changelog, the position,
 * and who owns it. The owner's memory is a {@link HealthTask}. Models what the topology's HealthProcessor gets from
 * Kafka: changelog, position and outputs are committed as one, and only by the owner.
 */
final class HealthPartition implements PipelineTask {

    private final int number;
    private final Timeline timeline;
    private final HealthPolicy policy;
    private final Parts parts;
    private final Consumer<Happening> happenings;
    private final Consumer<DecisionInput> decision;
    private final Log<HealthInput> log = new Log<>();
    private final Map<ClusterId, ClusterHead> heads = new HashMap<>();
    private final Map<ClusterId, Map<String, NodeHealth>> nodes = new HashMap<>();
    private long committed;
    private long clockSkew;
    private boolean frozen;
    private @Nullable HealthTask owner;
    private @Nullable HealthTask zombie;
    private @Nullable Runnable death;

    /** What a task wants committed. */
    record Uncommitted(Map<ClusterId, ClusterHead> heads, Map<ClusterId, Map<String, @Nullable NodeHealth>> nodes,
            List<HealthOutput> outputs) {
        Uncommitted() {
            this(new HashMap<>(), new HashMap<>(), new ArrayList<>());
        }

        void clear() {
            heads.clear();
            nodes.clear();
            outputs.clear();
        }
    }

    HealthPartition(int number, Timeline timeline, HealthPolicy policy, Parts parts, Consumer<Happening> happenings,
            Consumer<DecisionInput> decision) {
        this.number = number;
        this.timeline = timeline;
        this.policy = policy;
        this.parts = parts;
        this.happenings = happenings;
        this.decision = decision;
    }

    /** What copies of what it tells are copies of. */
    static String source(int number) {
        return "health-" + number;
    }

    HealthPolicy policy() {
        return policy;
    }

    Parts parts() {
        return parts;
    }

    /** @param millis by how much its broker's clock is ahead */
    void clockSkew(long millis) {
        clockSkew = millis;
    }

    /** The time of the broker that leads the cluster's partitions. */
    Instant brokerTime() {
        return Instant.ofEpochMilli(timeline.now() + clockSkew);
    }

    void append(ProbeResult result) {
        append(new HealthInput.Probed(parts.heard(result)));
    }

    void append(NodeTarget target) {
        append(new HealthInput.NodeExpected(target));
    }

    void append(HealthInput input) {
        log.append(timeline.now() + clockSkew, input, committed);
        var task = owner;
        if (task != null && !frozen) {
            task.readOn();
        }
    }

    Log<HealthInput> log() {
        return log;
    }

    long committed() {
        return committed;
    }

    Map<ClusterId, ClusterHead> heads() {
        return heads;
    }

    Map<ClusterId, Map<String, NodeHealth>> nodes() {
        return nodes;
    }

    /** Whether it was committed; if not, the task must forget all it holds. */
    boolean commit(HealthTask task, Uncommitted work, long position) {
        if (task != owner && parts.fencesZombies()) {
            return false;
        }
        var dies = death;
        if (dies != null && !work.outputs().isEmpty()) {
            death = null;
            dies.run();
            return false;
        }
        committed = position;
        heads.putAll(work.heads());
        work.nodes().forEach((cluster, changed) -> changed.forEach((name, node) -> keep(cluster, name, node)));
        parts.told(work.outputs()).forEach(this::tell);
        work.nodes().values().forEach(changed -> changed.values().forEach(node -> {
            if (node != null) {
                happenings.accept(new Happening.NodeKept(node));
            }
        }));
        work.clear();
        return true;
    }

    /** The last of what is committed at a tick. */
    void judgedUpTo(Instant time) {
        decision.accept(new DecisionInput.HealthProgressed(new HealthProgress(number, time)));
    }

    private void keep(ClusterId cluster, String name, @Nullable NodeHealth node) {
        var ofCluster = nodes.computeIfAbsent(cluster, _ -> new HashMap<>());
        if (node == null) {
            ofCluster.remove(name);
        } else {
            ofCluster.put(name, node);
        }
    }

    private void tell(HealthOutput output) {
        switch (output) {
            case HealthOutput.NodeChanged(var transition) -> {
                timeline.note(transition.node() + " " + transition.from() + " -> " + transition.to() + ": "
                        + transition.reason());
                happenings.accept(new Happening.NodeMoved(transition));
                decision.accept(new DecisionInput.NodeChanged(transition));
            }
            case HealthOutput.ClusterChanged(var transition) -> {
                timeline.note(transition.cluster() + " " + transition.from() + " -> " + transition.to() + ": "
                        + transition.reason());
                happenings.accept(new Happening.ClusterMoved(transition));
                decision.accept(new DecisionInput.ClusterChanged(transition));
            }
            case HealthOutput.VantageChanged(var transition) -> {
                timeline.note(transition.cluster() + " " + transition.vantage().name() + " -> " + transition.to());
                decision.accept(new DecisionInput.VantageChanged(transition));
            }
        }
    }

    @Override
    public void start() {
        frozen = false;
        var task = new HealthTask(this);
        owner = task;
        task.readOn();
    }

    @Override
    public void stop() {
        if (frozen) {
            zombie = owner;
        }
        owner = null;
        frozen = false;
    }

    @Override
    public void freeze() {
        frozen = true;
    }

    @Override
    public void thaw() {
        frozen = false;
        var task = owner;
        if (task != null) {
            task.readOn();
        }
    }

    @Override
    public void wakeAsZombie() {
        var task = zombie;
        zombie = null;
        if (task != null) {
            task.readOn();
            task.commit();
        }
    }

    @Override
    public void dieBeforeCommit(Runnable dying) {
        death = dying;
    }

    @Override
    public void replay() {
        var task = owner;
        if (task != null && !frozen) {
            task.commit();
            stop();
            committed = log.firstFrom(timeline.now() - Log.RETENTION);
            start();
        }
    }
}
