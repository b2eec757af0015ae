package io.evenkeel.lab;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.lab.elasticsearch.ElasticsearchNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the pipeline says of the lab now: the newest of all that it has said of each thing. */
public final class LabView {

    private final LabEvents events;

    LabView(LabEvents events) {
        this.events = events;
    }

    /** What is not in order, a line each; empty when these nodes are UP, their clusters HEALTHY, and no alert fires. */
    public List<String> troubles(List<ElasticsearchNode> primary, ElasticsearchNode standby) {
        var troubles = new ArrayList<String>();
        var nodes = newest(NodeTransition.class, transition -> transition.node().toString());
        primary.forEach(node -> addUnlessUp(nodes, LabPlan.PRIMARY, node, troubles));
        addUnlessUp(nodes, LabPlan.STANDBY, standby, troubles);
        troubles.addAll(clusterTroubles(LabPlan.PRIMARY));
        troubles.addAll(clusterTroubles(LabPlan.STANDBY));
        newest(Alert.class, Alert::subject).values().stream()
                .filter(alert -> alert.status() == Alert.Status.FIRING)
                .forEach(alert -> troubles.add("alert: " + alert.title()));
        return troubles;
    }

    /** One line while the cluster is not HEALTHY. */
    List<String> clusterTroubles(ClusterId cluster) {
        var known = newest(ClusterTransition.class, transition -> transition.cluster().value()).get(cluster.value());
        return known != null && known.to() == ClusterState.HEALTHY
                ? List.of()
                : List.of(cluster + " is " + (known == null ? "not known" : known.to()));
    }

    private static void addUnlessUp(Map<String, NodeTransition> newest, ClusterId cluster, ElasticsearchNode node,
            List<String> troubles) {
        String name = cluster + "/" + node.spec().name();
        var known = newest.get(name);
        if (known == null || known.to() != NodeState.UP) {
            troubles.add(name + " is " + (known == null ? "not known" : known.to()));
        }
    }

    private <T> Map<String, T> newest(Class<T> type, Function<T, String> key) {
        var newest = new LinkedHashMap<String, T>();
        events.all(type, Instant.EPOCH, _ -> true).forEach(seen -> {
            var event = type.cast(seen.event());
            newest.put(key.apply(event), event);
        });
        return newest;
    }
}
