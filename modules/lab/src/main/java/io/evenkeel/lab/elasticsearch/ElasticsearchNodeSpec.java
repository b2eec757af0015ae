package io.evenkeel.lab.elasticsearch;

import java.util.List;
import java.util.Map;

/**
 * What one node of the lab is.
 *
 * @param name node.name; unique in the lab, it also names the node's folder
 * @param clusterName cluster.name
 * @param host an address of the loopback interface, 127.x.y.z; each node has its own
 * @param httpPort may be the same for all nodes, their addresses differ
 * @param transportPort likewise
 * @param roles node.roles, at least one: master, data, ingest
 * @param zone node.attr.zone, the attribute that shard allocation spreads over
 * @param attributes more node attributes, without "node.attr."; may be empty
 * @param seedHosts addresses with transport port of the masters to ask for the cluster
 * @param initialMasterNodes names of the masters that form the cluster for the first time; empty on every other node
 * @param heapMb the most heap, MiB; 128 or more
 * @param extraSettings settings by full name, stronger than the lab's own; one that the server doesn't know ends it
 */
public record ElasticsearchNodeSpec(String name, String clusterName, String host, int httpPort, int transportPort,
        List<String> roles, String zone, Map<String, String> attributes, List<String> seedHosts,
        List<String> initialMasterNodes, int heapMb, Map<String, String> extraSettings) {

    /** Enough for a lab's node; measured: 210 MB resident for the server after its start. */
    public static final int DEFAULT_HEAP_MB = 256;

    public ElasticsearchNodeSpec {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("name must be letters, digits, dots, dashes, was " + name);
        }
        if (!host.startsWith("127.")) {
            throw new IllegalArgumentException("host must be a loopback address 127.x.y.z, was " + host);
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("roles of " + name + " must not be empty");
        }
        if (heapMb < 128) {
            throw new IllegalArgumentException("heapMb must be >= 128, was " + heapMb);
        }
        roles = List.copyOf(roles);
        attributes = Map.copyOf(attributes);
        seedHosts = List.copyOf(seedHosts);
        initialMasterNodes = List.copyOf(initialMasterNodes);
        extraSettings = Map.copyOf(extraSettings);
    }

    /** A cluster of this one node, with every role. */
    public static ElasticsearchNodeSpec alone(String name, String clusterName, String host, int httpPort,
            int transportPort, String zone) {
        return new ElasticsearchNodeSpec(name, clusterName, host, httpPort, transportPort,
                List.of("master", "data", "ingest"), zone, Map.of(), List.of(host + ":" + transportPort), List.of(name),
                DEFAULT_HEAP_MB, Map.of());
    }
}
