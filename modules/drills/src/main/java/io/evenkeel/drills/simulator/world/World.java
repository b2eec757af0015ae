package io.evenkeel.drills.simulator.world;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that is watched, as it really is: clusters in three zones, two of them a service. */
public final class World {

    private final Timeline timeline = new Timeline();
    private final Chance chance;
    private final Network network;
    private final List<Cluster> clusters = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final Map<NodeId, Node> nodes = new HashMap<>();
    private final Map<ClusterId, Cluster> byId = new HashMap<>();
    private final Map<ClusterId, Shards> shards = new HashMap<>();

    /** A service and its two sides. */
    public record Service(ServiceId id, Cluster primary, Cluster standby) {}

    /**
     * @param clusters at least 2
     * @param lost share of probes that are lost with nothing wrong
     */
    public World(long seed, int clusters, double lost) {
        chance = new Chance(seed);
        network = new Network(lost);
        for (int i = 0; i < clusters; i++) {
            // Every fifth is seen from two vantages only: a majority of two is both.
            add(new Cluster(new ClusterId("c" + i), Zones.vantages(i % 5 == 4 ? 2 : 3), i % 4 == 3,
                    3 + chance.below(3)));
        }
        for (int i = 0; i + 1 < clusters; i += 2) {
            services.add(new Service(new ServiceId("s" + i / 2), this.clusters.get(i), this.clusters.get(i + 1)));
        }
    }

    private void add(Cluster cluster) {
        clusters.add(cluster);
        byId.put(cluster.id(), cluster);
        shards.put(cluster.id(), new Shards(cluster, timeline, chance, clusters.size() % 3 == 2));
        cluster.nodes().forEach(node -> nodes.put(node.id(), node));
    }

    public Timeline timeline() {
        return timeline;
    }

    public long now() {
        return timeline.now();
    }

    public Chance chance() {
        return chance;
    }

    public Network network() {
        return network;
    }

    public List<Cluster> clusters() {
        return clusters;
    }

    public List<Service> services() {
        return services;
    }

    public int targets() {
        return nodes.size();
    }

    /** @throws IllegalArgumentException when there is none */
    public Node node(NodeId id) {
        return known(nodes.get(id), id);
    }

    /** @throws IllegalArgumentException when there is none */
    public Cluster cluster(ClusterId id) {
        return known(byId.get(id), id);
    }

    /** @throws IllegalArgumentException when there is no such cluster */
    public Shards shards(ClusterId id) {
        return known(shards.get(id), id);
    }

    private static <T> T known(@org.jspecify.annotations.Nullable T found, Object id) {
        if (found == null) {
            throw new IllegalArgumentException("nothing in this world is called " + id);
        }
        return found;
    }

    /** Changes a node, and with it its cluster. */
    public void change(Node node, java.util.function.Consumer<Node> change) {
        change.accept(node);
        cluster(node.id().cluster()).changed(now());
        shards(node.id().cluster()).changed(node);
    }
}
