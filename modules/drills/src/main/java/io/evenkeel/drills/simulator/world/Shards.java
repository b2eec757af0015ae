package io.evenkeel.drills.simulator.world;

import io.evenkeel.core.facts.ClusterFacts.LastCopies;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the shard copies of a cluster are, as its master knows: each shard on two data nodes, in some clusters one of
 * them on one only. Who leaves takes its copies along; who comes back with the same disk brings those that were last,
 * and all others are copied anew. Durations are milliseconds.
 */
public final class Shards {

    /** index.unassigned.node_left.delayed_timeout. */
    private static final long DELAYED = 60_000;
    private static final long NO_MASTER = 5_000;

    private final Cluster cluster;
    private final Timeline timeline;
    private final Chance chance;
    private final List<Shard> shards = new ArrayList<>();

    private static final class Shard {
        private final String name;
        private final int wanted;
        private final List<Node> started = new ArrayList<>();
        private String lastOn = "";
        private String lastInstance = "";
        private long delayedUntil;
        private boolean recovering;

        private Shard(String name, int wanted) {
            this.name = name;
            this.wanted = wanted;
        }

        private boolean isLastOn(Node node) {
            return started.isEmpty() ? lastOn.equals(node.id().name()) : started.size() == 1 && started.contains(node);
        }
    }

    Shards(Cluster cluster, Timeline timeline, Chance chance, boolean oneWithoutReplica) {
        this.cluster = cluster;
        this.timeline = timeline;
        this.chance = chance;
        var holders = cluster.nodes().stream().filter(Node::holdsData).toList();
        for (int number = 0; number < holders.size(); number++) {
            int wanted = oneWithoutReplica && number == 0 ? 1 : 2;
            var shard = new Shard("docs[" + number + "]", wanted);
            for (int copy = 0; copy < wanted; copy++) {
                shard.started.add(holders.get((number + copy) % holders.size()));
            }
            shards.add(shard);
        }
    }

    /** To be called after a change of a node. */
    void changed(Node node) {
        if (!node.holdsData()) {
            return;
        }
        long changed = node.changedAt();
        if (node.serves()) {
            timeline.in(chance.between(1_000, 10_000), () -> joined(node, changed));
        } else {
            timeline.in(Cluster.listedFor(node), () -> left(node, changed));
        }
    }

    private void left(Node node, long changed) {
        if (node.serves() || node.changedAt() != changed) {
            return;
        }
        if (!cluster.hasMaster()) {
            timeline.in(NO_MASTER, () -> left(node, changed));
            return;
        }
        for (var shard : shards) {
            if (shard.started.remove(node)) {
                shard.delayedUntil = timeline.now() + DELAYED;
                if (shard.started.isEmpty()) {
                    shard.lastOn = node.id().name();
                    shard.lastInstance = node.instance();
                } else {
                    recover(shard, DELAYED);
                }
            }
        }
    }

    private void joined(Node node, long changed) {
        if (!node.serves() || node.changedAt() != changed) {
            return;
        }
        if (!cluster.hasMaster()) {
            timeline.in(NO_MASTER, () -> joined(node, changed));
            return;
        }
        for (var shard : shards) {
            if (shard.started.isEmpty() && shard.lastOn.equals(node.id().name())) {
                if (!shard.lastInstance.equals(node.instance())) {
                    timeline.note("LOST " + cluster + " " + shard.name + " with " + shard.lastInstance
                            + ", restored from a snapshot");
                }
                shard.started.add(node);
            }
            if (shard.started.size() < shard.wanted) {
                shard.delayedUntil = 0;
                recover(shard, 0);
            }
        }
    }

    private void recover(Shard shard, long delay) {
        if (shard.recovering) {
            return;
        }
        shard.recovering = true;
        timeline.in(delay + chance.between(5_000, 120_000), () -> {
            shard.recovering = false;
            var free = cluster.nodes().stream().filter(node -> node.holdsData() && node.serves()
                    && !shard.started.contains(node)).toList();
            if (!shard.started.isEmpty() && shard.started.size() < shard.wanted && !free.isEmpty()) {
                shard.started.add(chance.oneOf(free));
            }
        });
    }

    /** Shards of which this node has, or last had, the only started copy. */
    public int lastCopies(Node node) {
        return (int) shards.stream().filter(shard -> shard.isLastOn(node)).count();
    }

    /** The same of all nodes, by name, without those that have none. */
    public SortedMap<String, LastCopies> lastOn() {
        var names = new TreeMap<String, List<String>>();
        for (var shard : shards) {
            if (shard.started.size() <= 1) {
                String holder = shard.started.isEmpty() ? shard.lastOn : shard.started.getFirst().id().name();
                names.computeIfAbsent(holder, _ -> new ArrayList<>()).add(shard.name);
            }
        }
        var all = new TreeMap<String, LastCopies>();
        names.forEach((node, ofNode) -> all.put(node, new LastCopies(ofNode.size(), ofNode)));
        return all;
    }

    /** Shards with a copy that waits for its node to come back. */
    public int delayed() {
        return (int) shards.stream().filter(shard -> shard.started.size() < shard.wanted
                && timeline.now() < shard.delayedUntil).count();
    }

    /** Shards that lack a copy. */
    public int unassigned() {
        return (int) shards.stream().filter(shard -> shard.started.size() < shard.wanted).count();
    }
}
