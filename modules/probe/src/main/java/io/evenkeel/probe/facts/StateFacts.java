package io.evenkeel.probe.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.core.facts.ClusterFacts.Copies;
import io.evenkeel.core.facts.ClusterFacts.LastCopies;
import io.evenkeel.core.facts.ClusterFacts.Membership;
import io.evenkeel.core.facts.ClusterFacts.Shutdown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Facts in one answer of {@code _cluster/state}: one version of the state, so they agree. Fields as Elasticsearch 9.2.0
 * names them; {@code node_shutdown} by its sources, since the lab's has no shutdown API.
 */
final class StateFacts {

    static final String QUESTION = "/_cluster/state/master_node,nodes,metadata,routing_table?local=true"
            + "&filter_path=cluster_name,master_node,nodes.*.name,"
            + "metadata.cluster_coordination.last_committed_config,metadata.node_shutdown.nodes,"
            + "routing_table.indices.*.shards.*.state,routing_table.indices.*.shards.*.node,"
            + "routing_table.indices.*.shards.*.unassigned_info.reason,"
            + "routing_table.indices.*.shards.*.unassigned_info.last_node";

    /** Why a copy is unassigned that never held anything which could be lost. */
    private static final Set<String> NEW = Set.of("INDEX_CREATED", "NEW_INDEX_RESTORED", "EXISTING_INDEX_RESTORED");
    private static final Set<String> STARTED = Set.of("STARTED", "RELOCATING");
    private static final int EXAMPLES = 10;

    private final JsonNode state;
    private final Map<String, String> names;

    /**
     * @param names of nodes by id, of this answer and of earlier ones: one that has left is named by its id only
     */
    StateFacts(JsonNode state, Map<String, String> names) {
        this.state = state;
        this.names = names;
        state.path("nodes").properties()
                .forEach(node -> names.put(node.getKey(), node.getValue().path("name").asText()));
    }

    /** A node without a master may tell of long ago. */
    boolean hasMaster() {
        return !state.path("master_node").asText("").isEmpty() && !state.path("master_node").isNull();
    }

    boolean isOf(String clusterName) {
        return clusterName.isEmpty() || state.path("cluster_name").asText().equals(clusterName);
    }

    Membership membership() {
        var members = new TreeSet<String>();
        state.path("nodes").forEach(node -> members.add(node.path("name").asText()));
        var voters = new TreeSet<String>();
        state.path("metadata").path("cluster_coordination").path("last_committed_config")
                .forEach(id -> voters.add(name(id.asText())));
        return new Membership(members, voters);
    }

    SortedMap<String, Shutdown> shutdowns() {
        var shutdowns = new TreeMap<String, Shutdown>();
        state.path("metadata").path("node_shutdown").path("nodes").properties()
                .forEach(entry -> shutdowns.put(name(entry.getValue().path("node_id").asText(entry.getKey())),
                        new Shutdown(entry.getValue().path("type").asText(),
                                entry.getValue().path("reason").asText())));
        return shutdowns;
    }

    Copies copies() {
        var shards = new HashMap<String, Integer>();
        var examples = new HashMap<String, List<String>>();
        for (var index : state.path("routing_table").path("indices").properties()) {
            for (var shard : index.getValue().path("shards").properties()) {
                for (String holder : lastHolders(shard.getValue())) {
                    shards.merge(holder, 1, Integer::sum);
                    var some = examples.computeIfAbsent(holder, _ -> new ArrayList<>());
                    if (some.size() < EXAMPLES) {
                        some.add(index.getKey() + "[" + shard.getKey() + "]");
                    }
                }
            }
        }
        var lastOn = new TreeMap<String, LastCopies>();
        shards.forEach((holder, count) -> lastOn.put(holder,
                new LastCopies(count, examples.getOrDefault(holder, List.of()))));
        return new Copies(lastOn);
    }

    /** Names of the nodes one of which must not be lost; the empty name where nobody can tell. */
    private Set<String> lastHolders(JsonNode copies) {
        var started = new TreeSet<String>();
        var candidates = new TreeSet<String>();
        boolean heldSomething = false;
        for (var copy : copies) {
            if (STARTED.contains(copy.path("state").asText())) {
                started.add(name(copy.path("node").asText()));
            } else if (!NEW.contains(copy.path("unassigned_info").path("reason").asText())) {
                heldSomething = true;
                String last = copy.path("node").asText("");
                String id = last.isEmpty() || last.equals("null")
                        ? copy.path("unassigned_info").path("last_node").asText("")
                        : last;
                if (!id.isEmpty()) {
                    // Who has left and was never seen by name may be the very node that is asked about.
                    candidates.add(names.getOrDefault(id, ""));
                }
            }
        }
        if (!started.isEmpty()) {
            return started.size() == 1 ? started : Set.of();
        }
        return candidates.isEmpty() && heldSomething ? Set.of("") : candidates;
    }

    private String name(String id) {
        return names.getOrDefault(id, id);
    }
}
