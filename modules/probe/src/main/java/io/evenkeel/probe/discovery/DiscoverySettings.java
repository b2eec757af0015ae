package io.evenkeel.probe.discovery;

import java.time.Duration;
import java.util.List;

/**
 * Where the nodes of a cluster are found.
 *
 * @param seeds urls of nodes, asked for the others; may be empty where nodes are configured
 * @param nodes nodes by configuration, expected even before they were ever seen
 * @param autoScalingGroups names of groups that own nodes
 * @param zoneAttribute node attribute that holds the zone, {@code zone} by default
 * @param instanceAttribute node attribute that holds the EC2 instance id, {@code instance_id} by default; a node whose
 *     name is the instance id needs none
 * @param retiredFor how long a RETIRED target is kept before its record is deleted; default 7 days
 */
public record DiscoverySettings(List<String> seeds, List<StaticNode> nodes, List<String> autoScalingGroups,
        String zoneAttribute, String instanceAttribute, Duration retiredFor) {

    public static final String ZONE_ATTRIBUTE = "zone";
    public static final String INSTANCE_ATTRIBUTE = "instance_id";
    public static final Duration RETIRED_FOR = Duration.ofDays(7);

    public DiscoverySettings {
        seeds = List.copyOf(seeds);
        nodes = List.copyOf(nodes);
        autoScalingGroups = List.copyOf(autoScalingGroups);
        if (seeds.isEmpty() && nodes.isEmpty()) {
            throw new IllegalArgumentException("a cluster needs seeds or nodes to be found by");
        }
        if (retiredFor.isNegative()) {
            throw new IllegalArgumentException("retiredFor must not be negative, was " + retiredFor);
        }
    }

    /** With the default attributes and times. */
    public static DiscoverySettings of(List<String> seeds, List<StaticNode> nodes, List<String> autoScalingGroups) {
        return new DiscoverySettings(seeds, nodes, autoScalingGroups, ZONE_ATTRIBUTE, INSTANCE_ATTRIBUTE, RETIRED_FOR);
    }
}
