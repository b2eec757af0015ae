package io.evenkeel.drills.simulator.world;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.ClusterView.Members;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** An Elasticsearch cluster as it really is: its nodes, and whether a search works. */
public final class Cluster {

    /** Elasticsearch drops a killed process in 0.3 to 0.5 s. */
    private static final long KILLED_LISTED = 500;
    /** Elasticsearch 9.2 keeps a hanging member for 33 s. */
    private static final long HANGING_LISTED = 33_000;

    private final ClusterId id;
    private final List<Vantage> vantages;
    private final List<Node> nodes;
    private final Spells unusable = new Spells();
    private boolean canaryBroken;
    private final SortedSet<String> shuttingDown = new TreeSet<>();
    private boolean groupSuspended;
    private boolean disksFull;
    private final Set<FactGroup> hidden = EnumSet.noneOf(FactGroup.class);
    private boolean usable = true;

    /**
     * @param mixed whether data nodes are master-eligible, and no others are
     * @param dataNodes 3 at least
     */
    Cluster(ClusterId id, List<Vantage> vantages, boolean mixed, int dataNodes) {
        this.id = id;
        this.vantages = vantages;
        var all = new ArrayList<Node>();
        for (int master = 0; master < (mixed ? 0 : Zones.COUNT); master++) {
            all.add(new Node(new NodeId(id, "master-" + master), master, List.of("master"), "",
                    vantages));
        }
        for (int data = 0; data < dataNodes; data++) {
            boolean eligible = mixed && data < Zones.COUNT;
            var roles = eligible ? List.of("data", "master") : List.of("data", "ingest");
            all.add(new Node(new NodeId(id, "data-" + data), data % Zones.COUNT, roles, id + "-data", vantages));
        }
        nodes = List.copyOf(all);
    }

    public ClusterId id() {
        return id;
    }

    public List<Vantage> vantages() {
        return vantages;
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** When its service could not be used. */
    public Spells unusable() {
        return unusable;
    }

    public boolean isCanaryBroken() {
        return canaryBroken;
    }

    public void canaryBroken(boolean broken, long now) {
        canaryBroken = broken;
        changed(now);
    }

    /** Names of nodes with a shutdown record. */
    public SortedSet<String> shuttingDown() {
        return shuttingDown;
    }

    /** Whether a person suspended the processes of its Auto Scaling group. */
    public boolean isGroupSuspended() {
        return groupSuspended;
    }

    public void groupSuspended(boolean suspended) {
        groupSuspended = suspended;
    }

    /** Whether the others could not hold what one node holds. */
    public boolean areDisksFull() {
        return disksFull;
    }

    public void disksFull(boolean full) {
        disksFull = full;
    }

    /** Facts that nobody can read. */
    public Set<FactGroup> hidden() {
        return hidden;
    }

    /** To be called after any change of its nodes. */
    public void changed(long now) {
        boolean next = canaryWorks(Node::serves);
        if (usable && !next) {
            unusable.begin(now);
        } else if (!usable && next) {
            unusable.end(now);
        }
        usable = next;
    }

    public boolean hasMaster() {
        int eligible = 0;
        int serving = 0;
        for (var node : nodes) {
            if (node.isMaster()) {
                eligible++;
                serving += node.serves() ? 1 : 0;
            }
        }
        return serving > eligible / 2;
    }

    /** Every shard has two copies, in two zones: the search works while fewer than half of the data nodes are gone. */
    private boolean canaryWorks(Predicate<Node> reachable) {
        if (canaryBroken || nodes.stream().noneMatch(reachable)) {
            return false;
        }
        return 2 * dataNodes(Node::serves) > dataNodes(_ -> true);
    }

    private int dataNodes(Predicate<Node> wanted) {
        int count = 0;
        for (var node : nodes) {
            count += node.holdsData() && wanted.test(node) ? 1 : 0;
        }
        return count;
    }

    /** What a probe sees that reaches these nodes. */
    public ClusterView seenBy(Predicate<Node> reached, long now) {
        int answered = (int) nodes.stream().filter(reached).count();
        boolean master = answered > 0 && hasMaster();
        int missing = dataNodes(node -> !node.serves());
        var colour = answered == 0
                ? Colour.UNKNOWN
                : missing > 1 ? Colour.RED : missing > 0 ? Colour.YELLOW : Colour.GREEN;
        return new ClusterView(nodes.size(), answered, canaryWorks(reached) ? Canary.WORKS : Canary.FAILED, colour,
                answered == 0 ? Master.UNKNOWN : master ? Master.SEEN : Master.ABSENT,
                master ? members(now) : new Members.Unknown(), "");
    }

    private Members members(long now) {
        return new Members.Listed(listed(now));
    }

    /** For how many milliseconds the master goes on to count in a node that stopped to serve. */
    static long listedFor(Node node) {
        return node.process() == Node.Condition.KILLED ? KILLED_LISTED : HANGING_LISTED;
    }

    /** Whom the elected master counts in. */
    public SortedSet<String> listed(long now) {
        var names = new TreeSet<String>();
        for (var node : nodes) {
            if (node.serves() || now - node.changedAt() < listedFor(node)) {
                names.add(node.id().name());
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
