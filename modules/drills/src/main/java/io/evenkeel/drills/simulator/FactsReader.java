package io.evenkeel.drills.simulator;

import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.ClusterFacts.Allocation;
import io.evenkeel.core.facts.ClusterFacts.Copies;
import io.evenkeel.core.facts.ClusterFacts.Membership;
import io.evenkeel.core.facts.ClusterFacts.NodeDisk;
import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import io.evenkeel.core.facts.ClusterFacts.Shutdown;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.drills.simulator.world.Cluster;
import io.evenkeel.drills.simulator.world.Node;
import io.evenkeel.drills.simulator.world.Timeline;
import io.evenkeel.drills.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads a cluster's facts for one vantage: each half minute, and every 2 s for two minutes after a node began to fail. A
 * model of the probe module's reader: it asks one node that sees a master, each group may fail for itself, and what it has
 * read may be sent late.
 */
final class FactsReader extends Timeline.Event {

    private static final long HURRIED = 2_000;
    private static final long HURRY_FOR = 120_000;
    private static final double GROUP_FAILS = 0.02;
    /** One disk's use, and what is free on each when they are not full. */
    private static final long DISK = 100L << 30;

    private final Agent agent;
    private final Cluster cluster;
    private final HealthPartition partition;
    private final Consumer<DecisionInput> decision;
    private final World world;
    private long hurriesUntil;
    private boolean hurries;

    /** @param partition whose broker's clock dates what is read */
    FactsReader(Agent agent, Cluster cluster, HealthPartition partition, Consumer<DecisionInput> decision) {
        this.agent = agent;
        this.cluster = cluster;
        this.partition = partition;
        this.decision = decision;
        this.world = agent.world();
    }

    @Override
    protected void happen() {
        world.timeline().in(TargetProbe.INTERVAL, this);
        read();
    }

    /** A node of the cluster begins to fail, as this vantage sees it. */
    void hurry() {
        hurriesUntil = world.now() + HURRY_FOR;
        if (!hurries) {
            hurries = true;
            world.timeline().in(HURRIED, this::goOn);
        }
    }

    private void goOn() {
        hurries = world.now() < hurriesUntil;
        if (hurries) {
            read();
            world.timeline().in(HURRIED, this::goOn);
        }
    }

    private void read() {
        boolean able = agent.isRunning() && !agent.isPaused() && !agent.isStarved() && cluster.hasMaster()
                && cluster.nodes().stream().anyMatch(this::answers);
        if (!able) {
            return;
        }
        var read = facts(groupsRead());
        agent.send(late -> {
            var sent = new TreeMap<>(read.ages());
            sent.replaceAll((_, age) -> age.plusMillis(late));
            decision.accept(new DecisionInput.FactsRead(new ClusterFacts(cluster.id(), read.agent(), sent,
                    read.membership(), read.copies(), read.allocation(), read.shutdowns(), read.disks(),
                    read.scalingGroups()), partition.brokerTime()));
        });
    }

    private boolean answers(Node node) {
        return node.serves() && !world.network().isCut(agent.number(), node.zone())
                && !world.network().loses(agent.number(), node.zone(), world.chance());
    }

    private SortedMap<FactGroup, Duration> groupsRead() {
        var ages = new TreeMap<FactGroup, Duration>();
        for (var group : FactGroup.values()) {
            if (!world.chance().happens(GROUP_FAILS)) {
                // Auto Scaling is asked every 25 s at most.
                long oldest = group == FactGroup.SCALING ? 25_000 : 200;
                ages.put(group, Duration.ofMillis(world.chance().between(5, oldest)));
            }
        }
        return ages;
    }

    private ClusterFacts facts(SortedMap<FactGroup, Duration> ages) {
        var none = ClusterFacts.none(cluster.id());
        var members = cluster.listed(world.now());
        var shards = world.shards(cluster.id());
        return new ClusterFacts(cluster.id(), "agent-" + agent.number(), ages,
                ages.containsKey(FactGroup.MEMBERSHIP) ? new Membership(members, voters()) : none.membership(),
                ages.containsKey(FactGroup.COPIES) ? new Copies(shards.lastOn()) : none.copies(),
                ages.containsKey(FactGroup.ALLOCATION)
                        ? new Allocation(0, 0, shards.unassigned(), shards.delayed())
                        : none.allocation(),
                ages.containsKey(FactGroup.SHUTDOWNS) ? shutdowns() : none.shutdowns(),
                ages.containsKey(FactGroup.DISKS) ? disks() : none.disks(),
                ages.containsKey(FactGroup.SCALING) ? groups() : none.scalingGroups());
    }

    private SortedSet<String> voters() {
        var voters = new TreeSet<String>();
        cluster.nodes().stream().filter(Node::isMaster).forEach(node -> voters.add(node.id().name()));
        return voters;
    }

    private SortedMap<String, Shutdown> shutdowns() {
        var shutdowns = new TreeMap<String, Shutdown>();
        cluster.shuttingDown().forEach(name -> shutdowns.put(name, new Shutdown("REMOVE", "simulated")));
        return shutdowns;
    }

    private SortedMap<String, NodeDisk> disks() {
        var disks = new TreeMap<String, NodeDisk>();
        cluster.nodes().stream().filter(node -> node.holdsData() && node.serves()).forEach(node -> disks
                .put(node.id().name(), new NodeDisk(DISK, cluster.areDisksFull() ? 0 : DISK)));
        return disks;
    }

    private SortedMap<String, ScalingGroup> groups() {
        var groups = new TreeMap<String, ScalingGroup>();
        cluster.nodes().stream().map(Node::group).filter(group -> !group.isEmpty()).forEach(group -> groups
                .put(group, new ScalingGroup(cluster.isGroupSuspended() ? List.of("Launch") : List.of(), "")));
        return groups;
    }
}
