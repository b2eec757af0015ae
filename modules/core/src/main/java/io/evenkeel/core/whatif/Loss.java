package io.evenkeel.core.whatif;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.ClusterSituation;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.decision.NodeSituation;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is assumed to be lost, all at once and for good.
 *
 * @param subject as it was asked for
 * @param nodes their processes are gone: whoever can look is refused
 * @param zones vantages that lie in them are lost as well
 */
public record Loss(String subject, SortedSet<NodeId> nodes, SortedSet<String> zones) {

    private static final String ZONE = "zone:";
    private static final String REGION = "region:";

    public Loss {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
    }

    /**
     * Reads {@code cluster/node}, a cluster id, {@code zone:NAME} or {@code region:NAME}, which means all zones whose names
     * begin so.
     *
     * @throws IllegalArgumentException when nothing of that name is known; it names what is
     */
    public static Loss of(String subject, DecisionState state) {
        if (subject.startsWith(ZONE)) {
            return ofZones(subject, subject.substring(ZONE.length())::equals, state);
        }
        if (subject.startsWith(REGION)) {
            return ofZones(subject, zone -> liesIn(zone, subject.substring(REGION.length())), state);
        }
        return subject.indexOf('/') > 0 ? ofNode(subject, state) : ofCluster(subject, state);
    }

    private static Loss ofNode(String subject, DecisionState state) {
        var id = NodeId.parse(subject);
        var cluster = known(id.cluster().value(), state);
        if (nodesOf(cluster).noneMatch(node -> node.target().node().equals(id))) {
            throw new IllegalArgumentException("no node '" + id.name() + "' is expected in " + id.cluster()
                    + "; expected: " + nodesOf(cluster).map(node -> node.target().node().name())
                            .collect(Collectors.joining(", ")));
        }
        return new Loss(subject, new TreeSet<>(Set.of(id)), new TreeSet<>());
    }

    private static Loss ofCluster(String subject, DecisionState state) {
        return new Loss(subject, nodesOf(known(subject, state)).map(node -> node.target().node())
                .collect(Collectors.toCollection(TreeSet::new)), new TreeSet<>());
    }

    private static ClusterSituation known(String cluster, DecisionState state) {
        var known = state.clusters().get(cluster);
        if (known == null) {
            throw new IllegalArgumentException("nothing is known of a cluster '" + cluster + "'; known: "
                    + String.join(", ", state.clusters().keySet()));
        }
        return known;
    }

    private static Loss ofZones(String subject, Predicate<String> wanted, DecisionState state) {
        var all = state.clusters().values().stream().flatMap(cluster -> Stream.concat(
                nodesOf(cluster).map(node -> node.target().zone()),
                cluster.expectedVantages().stream().map(Vantage::zone))).filter(zone -> !zone.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        var zones = all.stream().filter(wanted).collect(Collectors.toCollection(TreeSet::new));
        if (zones.isEmpty()) {
            throw new IllegalArgumentException("neither a node nor a vantage lies in " + subject + "; zones known: "
                    + String.join(", ", all));
        }
        return new Loss(subject, state.clusters().values().stream().flatMap(Loss::nodesOf)
                .filter(node -> zones.contains(node.target().zone())).map(node -> node.target().node())
                .collect(Collectors.toCollection(TreeSet::new)), zones);
    }

    /** us-east-1a and us-east-1-bos-1a lie in us-east-1, us-east-10a does not. */
    private static boolean liesIn(String zone, String region) {
        return zone.startsWith(region)
                && (zone.length() == region.length() || !Character.isDigit(zone.charAt(region.length())));
    }

    private static Stream<NodeSituation> nodesOf(ClusterSituation cluster) {
        return cluster.nodes().values().stream().filter(NodeSituation::expected);
    }

    boolean takes(NodeId node) {
        return nodes.contains(node);
    }

    boolean takes(Vantage vantage) {
        return zones.contains(vantage.zone());
    }

    boolean touches(ClusterSituation cluster) {
        return nodes.stream().map(NodeId::cluster).anyMatch(cluster.cluster()::equals)
                || cluster.expectedVantages().stream().anyMatch(this::takes);
    }
}
