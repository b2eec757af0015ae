package io.evenkeel.probe;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.discovery.TargetBook;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a cluster may be asked. */
final class Addresses {

    private Addresses() {}

    /** Nodes that clients use come before dedicated masters; where none is known yet, the configured addresses. */
    static List<String> of(ClusterSettings settings, TargetBook book) {
        var expected = book.nodes(settings.cluster()).stream().filter(node -> node.phase() == Phase.EXPECTED)
                .sorted(Comparator.comparing(Addresses::dedicatedMaster).thenComparing(NodeTarget::node))
                .map(NodeTarget::url).distinct().toList();
        if (!expected.isEmpty()) {
            return expected;
        }
        return Stream.concat(settings.discovery().seeds().stream(),
                settings.discovery().nodes().stream().map(StaticNode::url)).filter(url -> !url.isEmpty()).distinct()
                .toList();
    }

    private static boolean dedicatedMaster(NodeTarget node) {
        return node.masterEligible() && !node.holdsData();
    }
}
