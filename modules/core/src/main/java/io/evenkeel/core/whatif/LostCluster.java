package io.evenkeel.core.whatif;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.decision.ClusterSituation;
import io.evenkeel.core.decision.NodeSituation;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.ClusterFacts.Membership;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.facts.KnownFacts;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.ClusterView.Members;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.Voters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What Elasticsearch would make of the loss. A master is elected by a majority of the master-eligible nodes that are
 * expected; a search works while a data node answers; a shard whose last started copy is lost makes the cluster red. All
 * else stays as it is: nothing recovers, nothing moves.
 *
 * @param facts what was read of it last
 */
record LostCluster(ClusterSituation situation, Loss loss, KnownFacts facts) {

    List<NodeSituation> nodes() {
        return situation.nodes().values().stream().filter(NodeSituation::expected).toList();
    }

    /** What is to be lost answers before, unless it is DOWN already. */
    boolean answers(NodeSituation node, boolean lost) {
        boolean hit = loss.takes(node.target().node());
        boolean well = node.state() != NodeState.DOWN && node.state() != NodeState.UNREACHABLE;
        return lost ? well && !hit : well || (hit && node.state() != NodeState.DOWN);
    }

    boolean hasMaster(boolean lost) {
        var eligible = nodes(NodeTarget::masterEligible);
        var voters = Voters.of(eligible.size(), answering(eligible, true));
        return situation.state() != ClusterState.QUORUM_LOST
                && !(lost && hits(eligible) && voters.up() < voters.needed());
    }

    ClusterView view(boolean lost) {
        var data = nodes(NodeTarget::holdsData);
        boolean works = situation.state() != ClusterState.FAILED
                && !(lost && hits(data) && answering(data, true) == 0);
        int answering = answering(nodes(), lost);
        return new ClusterView(nodes().size(), lost && hits(nodes()) ? answering : Math.max(1, answering),
                works ? Canary.WORKS : Canary.FAILED, colour(lost), hasMaster(lost) ? Master.SEEN : Master.ABSENT,
                hasMaster(lost) ? new Members.Listed(members()) : new Members.Unknown(), "assumed");
    }

    private Colour colour(boolean lost) {
        boolean lastCopies = nodes().stream().filter(node -> loss.takes(node.target().node()))
                .anyMatch(node -> facts.facts().copies().lastOn().containsKey(node.target().node().name()));
        if (situation.state() == ClusterState.DEGRADED || (lost && lastCopies)) {
            return Colour.RED;
        }
        return lost && hits(nodes()) ? Colour.YELLOW : Colour.GREEN;
    }

    private SortedSet<String> members() {
        return nodes().stream().filter(node -> answers(node, true)).map(node -> node.target().node().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<NodeSituation> nodes(Predicate<NodeTarget> kind) {
        return nodes().stream().filter(node -> kind.test(node.target())).toList();
    }

    private boolean hits(List<NodeSituation> some) {
        return some.stream().anyMatch(node -> loss.takes(node.target().node()));
    }

    private int answering(List<NodeSituation> some, boolean lost) {
        return (int) some.stream().filter(node -> answers(node, lost)).count();
    }

    /** What agents that could read it lately would go on to read: the master no longer counts in what is lost, nor its disks. */
    ClusterFacts readAgain(Instant lately) {
        var ages = new TreeMap<FactGroup, Duration>();
        facts.readAt().forEach((group, at) -> {
            if (!at.isBefore(lately)) {
                ages.put(group, Duration.ZERO);
            }
        });
        var read = facts.facts();
        var members = new TreeSet<>(read.membership().members());
        var disks = new TreeMap<>(read.disks());
        loss.nodes().stream().filter(node -> node.cluster().equals(situation.cluster())).forEach(node -> {
            members.remove(node.name());
            disks.remove(node.name());
        });
        return new ClusterFacts(read.cluster(), read.agent(), ages,
                new Membership(members, read.membership().voters()), read.copies(), read.allocation(),
                read.shutdowns(), disks, read.scalingGroups());
    }
}
