package io.evenkeel.probe.discovery;

import java.util.Map;
import java.util.Set;

/**
 * A member of the cluster as Elasticsearch lists it.
 *
 * @param ephemeralId new at every start of the process
 * @param url empty when the node did not say where it listens
 */
record SeenNode(String name, String ephemeralId, String url, Set<String> roles, Map<String, String> attributes) {
    SeenNode {
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }

    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }
}
