package io.evenkeel.probe.discovery;

import java.util.Set;

/**
 * A node by configuration. What is empty is taken from what Elasticsearch says.
 *
 * @param name its {@code node.name}
 * @param url {@code http(s)://host:port}; may be empty once Elasticsearch lists the node
 * @param zone may be empty
 * @param roles may be empty
 */
public record StaticNode(String name, String url, String zone, Set<String> roles) {
    public StaticNode {
        roles = Set.copyOf(roles);
    }
}
