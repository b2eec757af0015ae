package io.evenkeel.core.cluster;

import java.util.List;

/**
 * A node that is expected to be there, as discovery found it.
 *
 * @param node cluster and Elasticsearch node name
 * @param incarnation EC2 instance id, or Elasticsearch ephemeral id where there is no instance; a new one starts in
 *     JOINING
 * @param url where probes ask, {@code http(s)://host:port}
 * @param zone Availability Zone; empty when discovery could not tell
 * @param roles Elasticsearch's role names ({@code data}, {@code ingest}, {@code master}, ...), sorted, each once
 * @param autoScalingGroup the group that would replace it; empty when there is none
 * @param vantages the vantages expected to probe it: quorum is counted over these
 * @param phase whether it is meant to run
 */
public record NodeTarget(NodeId node, String incarnation, String url, String zone, List<String> roles,
        String autoScalingGroup, List<Vantage> vantages, Phase phase) {

    /** Whether a target is meant to run: a RETIRING one alerts nobody. */
    public enum Phase {
        EXPECTED, RETIRING, RETIRED
    }

    public NodeTarget {
        // A list that is in order already stays the one it is, so that many targets can share it.
        roles = inOrder(roles) ? List.copyOf(roles) : roles.stream().distinct().sorted().toList();
        vantages = List.copyOf(vantages);
    }

    private static boolean inOrder(List<String> roles) {
        for (int i = 1; i < roles.size(); i++) {
            if (roles.get(i - 1).compareTo(roles.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes part in electing the master: such a node is never replaced automatically. */
    public boolean masterEligible() {
        return roles.contains("master");
    }

    /** Holds shards: {@code data} or one of the tiers ({@code data_hot}, {@code data_content}, ...). Asked at every probe. */
    public boolean holdsData() {
        for (var role : roles) {
            if (role.equals("data") || role.startsWith("data_")) {
                return true;
            }
        }
        return false;
    }

    /** An equal one that holds with others what it has in common with them. */
    public NodeTarget sharing(SharedParts parts) {
        return new NodeTarget(new NodeId(parts.same(node.cluster()), node.name()), incarnation, url, parts.same(zone),
                parts.same(roles), parts.same(autoScalingGroup), parts.same(vantages), phase);
    }

    public NodeTarget withPhase(Phase next) {
        return new NodeTarget(node, incarnation, url, zone, roles, autoScalingGroup, vantages, next);
    }
}
