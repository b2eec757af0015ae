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
import io.evenkeel.drills.simulator.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads a cluster's facts for one vantage: each half minute, at once when a node begins to fail, and every 2 s while one
 * has for less than two minutes. A model of the probe module's FactLoop and FactPace: it asks one node that sees a master,
 * each group may fail for itself, and what it has read may be sent late.
 */
final class FactsReader {

    private static final long SUSPECT = 2_000;
    private static final long SPELL = 120_000;
    private static final double GROUP_FAILS = 0.02;
    /** One disk's use, and what is free on each when they are not full. */
    private static final long DISK = 100L << 30;

    private final Agent agent;
    private final Cluster cluster;
    private final int firstTarget;
    private final HealthPartition partition;
    private final Consumer<DecisionInput> decision;
    private final World world;
    private final ClusterFacts none;
    private final Map<Integer, Long> failingSince = new HashMap<>();
    private int plans;

    /**
     * @param firstTarget number of the cluster's first node among the agent's targets; the others follow in their order
     * @param partition whose broker's clock dates what is read
     */
    FactsReader(Agent agent, Cluster cluster, int firstTarget, HealthPartition partition,
            Consumer<DecisionInput> decision) {
        this.agent = agent;
        this.cluster = cluster;
        this.firstTarget = firstTarget;
        this.none = ClusterFacts.none(cluster.id());
        this.partition = partition;
        this.decision = decision;
        this.world = agent.world();
    }

    /** A target of the agent begins to fail, or is well again, as this vantage sees it. */
    void changed(int target, boolean fails) {
        int node = target - firstTarget;
        if (node < 0 || node >= cluster.nodes().size()) {
            return;
        }
        if (!fails) {
            failingSince.remove(node);
        } else if (failingSince.putIfAbsent(node, world.now()) == null) {
            plan(0);
        }
    }

    private void plan(long delay) {
        int newest = ++plans;
        world.timeline().in(delay, () -> {
            if (newest == plans) {
                readOn();
            }
        });
    }

    /** Reads, and goes on reading. */
    void readOn() {
        read();
        boolean suspect = failingSince.values().stream().anyMatch(since -> world.now() - since < SPELL);
        plan(suspect ? SUSPECT : TargetProbe.INTERVAL);
    }

    private void read() {
        boolean able = agent.isRunning() && !agent.isPaused() && !agent.isStarved() && cluster.hasMaster()
                && cluster.nodes().stream().anyMatch(this::answers);
        if (!able) {
            return;
        }
        var read = facts(groupsRead());
        lookForMissing(read);
        agent.send(late -> decision.accept(
                new DecisionInput.FactsRead(late == 0 ? read : aged(read, late), partition.brokerTime())));
    }

    private void lookForMissing(ClusterFacts read) {
        if (read.ages().containsKey(FactGroup.MEMBERSHIP)) {
            for (int node = 0; node < cluster.nodes().size(); node++) {
                if (!read.membership().members().contains(cluster.nodes().get(node).id().name())) {
                    failingSince.putIfAbsent(node, world.now());
                }
            }
        }
    }

    private static ClusterFacts aged(ClusterFacts read, long late) {
        var ages = new TreeMap<>(read.ages());
        ages.replaceAll((_, age) -> age.plusMillis(late));
        return new ClusterFacts(read.cluster(), read.agent(), ages, read.membership(), read.copies(),
                read.allocation(), read.shutdowns(), read.disks(), read.scalingGroups());
    }

    private boolean answers(Node node) {
        return node.serves() && !world.network().isCut(agent.number(), node.zone())
                && !world.network().loses(agent.number(), node.zone(), world.chance());
    }

    private SortedMap<FactGroup, Duration> groupsRead() {
        var ages = new TreeMap<FactGroup, Duration>();
        for (var group : FactGroup.values()) {
            if (!world.chance().happens(GROUP_FAILS) && !cluster.hidden().contains(group)) {
                // Auto Scaling is asked every 25 s at most.
                long oldest = group == FactGroup.SCALING ? 25_000 : 200;
                ages.put(group, Duration.ofMillis(world.chance().between(5, oldest)));
            }
        }
        return ages;
    }

    private ClusterFacts facts(SortedMap<FactGroup, Duration> ages) {
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
