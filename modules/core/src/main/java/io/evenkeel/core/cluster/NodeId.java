package io.evenkeel.core.cluster;

/** A node by its Elasticsearch {@code node.name} within a cluster; written {@code cluster/name} in record keys. */
public record NodeId(ClusterId cluster, String name) implements Comparable<NodeId> {
    public NodeId {
        Names.checked("node name", name);
    }

    /**
     * Reads the {@code cluster/name} form.
     *
     * @throws IllegalArgumentException when there is no slash or a part is not a name
     */
    public static NodeId parse(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("node key must be cluster/name, was '" + key + "'");
        }
        return new NodeId(new ClusterId(key.substring(0, slash)), key.substring(slash + 1));
    }

    @Override
    public int compareTo(NodeId other) {
        int byCluster = cluster.compareTo(other.cluster);
        return byCluster != 0 ? byCluster : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return cluster + "/" + name;
    }
}
