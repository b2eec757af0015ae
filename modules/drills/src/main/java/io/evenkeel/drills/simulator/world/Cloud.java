package io.evenkeel.drills.simulator.world;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.ServiceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * AWS: a group replaces an instance that is marked unhealthy, after a while and by a new one; a record leads a service's
 * traffic to one side. Slow at times, and failing in all the ways that matter to who calls.
 */
public final class Cloud {

    /** What becomes of a call. */
    public enum Fate {
        DONE,
        /** Refused for now: nothing was done. */
        THROTTLED,
        /** A server error or no answer: nothing was done. */
        LOST_BEFORE,
        /** No answer, but it was done. */
        LOST_AFTER;

        public boolean reachesAws() {
            return this == DONE || this == LOST_AFTER;
        }
    }

    /** What a group says of an instance. */
    public enum Instance {
        HEALTHY, UNHEALTHY, GONE
    }

    private final World world;
    private final Consumer<NodeTarget> discovery;
    private final Set<String> unhealthy = new HashSet<>();
    private final Map<ServiceId, ClusterId> active = new HashMap<>();
    private double failing = 0.02;

    /** @param discovery where targets are written to as they are found */
    public Cloud(World world, Consumer<NodeTarget> discovery) {
        this.world = world;
        this.discovery = discovery;
        world.services().forEach(service -> active.put(service.id(), service.primary().id()));
    }

    /** @param share of calls that fail from now on */
    public void failing(double share) {
        failing = share;
    }

    public Fate fate() {
        if (!world.chance().happens(failing)) {
            return Fate.DONE;
        }
        return Fate.values()[1 + world.chance().below(3)];
    }

    /** Milliseconds that a call takes; seldom up to the call's time-out of 10 s. */
    public long latency(Fate fate) {
        return switch (fate) {
            case DONE, THROTTLED -> world.chance().happens(0.05)
                    ? world.chance().between(1_000, 9_000)
                    : world.chance().between(20, 300);
            case LOST_BEFORE, LOST_AFTER -> world.chance().between(500, 10_000);
        };
    }

    public Instance instance(NodeId id, String instance) {
        if (!world.node(id).instance().equals(instance)) {
            return Instance.GONE;
        }
        return unhealthy.contains(instance) ? Instance.UNHEALTHY : Instance.HEALTHY;
    }

    /** Whether that changed anything. */
    public boolean markUnhealthy(NodeId id, String instance) {
        if (instance(id, instance) != Instance.HEALTHY) {
            return false;
        }
        unhealthy.add(instance);
        world.timeline().in(world.chance().between(10_000, 60_000), () -> terminate(world.node(id)));
        return true;
    }

    /** A planned end of an instance, by a person or the group: it is told before. */
    public void retire(Node node) {
        if (unhealthy.add(node.instance())) {
            world.cluster(node.id().cluster()).shuttingDown().add(node.id().name());
            write(node, Phase.RETIRING);
            world.timeline().in(world.chance().between(40_000, 120_000), () -> terminate(node));
        }
    }

    private void terminate(Node node) {
        world.timeline().note("AWS terminates " + node.instance());
        world.change(node, it -> it.process(Node.Condition.HOST_GONE, world.now()));
        world.timeline().in(world.chance().between(1_000, 30_000), () -> write(node, Phase.RETIRING));
        world.timeline().in(world.chance().between(60_000, 180_000), () -> launch(node));
    }

    private void launch(Node node) {
        unhealthy.remove(node.instance());
        world.cluster(node.id().cluster()).shuttingDown().remove(node.id().name());
        world.change(node, it -> it.replaced(world.now()));
        world.timeline().note("AWS launches " + node.instance());
        world.timeline().in(world.chance().between(1_000, 30_000), () -> write(node, Phase.EXPECTED));
        world.timeline().in(world.chance().between(40_000, 120_000),
                () -> world.change(node, it -> it.process(Node.Condition.RUNNING, world.now())));
    }

    private void write(Node node, Phase phase) {
        var known = node.target();
        if (phase == Phase.RETIRING && !known.incarnation().equals(node.instance())) {
            return;
        }
        var target = new NodeTarget(known.node(), node.instance(), known.url(), known.zone(), known.roles(),
                known.autoScalingGroup(), known.vantages(), phase);
        node.discovered(target);
        discovery.accept(target);
    }

    public ClusterId active(ServiceId service) {
        return java.util.Objects.requireNonNull(active.get(service));
    }

    /** Whether that changed anything. */
    public boolean switchTo(ServiceId service, ClusterId to) {
        return !to.equals(active.put(service, to));
    }
}
