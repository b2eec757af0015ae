package io.evenkeel.cli.pipeline;

import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.probe.AgentSettings;
import io.evenkeel.probe.ClusterSettings;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.endpoint.HealthEndpointSettings;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.Secret;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From the file's words to the agent's; equal clusters of two files become equal settings. */
final class AgentSetup {

    private AgentSetup() {}

    static AgentSettings agent(EvenkeelConfig read, Vantage own, @Nullable HealthEndpointSettings endpoint) {
        return new AgentSettings(own, own.name() + "/" + ProcessHandle.current().pid(), clusters(read),
                read.agent().discoveryInterval(), endpoint, read.agent().references());
    }

    static List<ClusterSettings> clusters(EvenkeelConfig read) {
        return read.clusters().stream().map(cluster -> cluster(cluster, read.vantages())).toList();
    }

    private static ClusterSettings cluster(EvenkeelConfig.Cluster cluster, List<Vantage> vantages) {
        var discovery = DiscoverySettings.of(cluster.seeds().stream().map(URI::toString).toList(),
                cluster.nodes().stream().map(node -> new StaticNode(node.name(), node.url().toString(), node.zone(),
                        new HashSet<>(node.roles()))).toList(),
                cluster.autoScalingGroups());
        return new ClusterSettings(cluster.id(), cluster.clusterName(), discovery, cluster.canaryIndex(),
                cluster.pace(), cluster.roles(), vantages, access(cluster));
    }

    private static Access access(EvenkeelConfig.Cluster cluster) {
        return new Access(new FixedKey(cluster.apiKey().map(Secret::of).orElse(Secret.NONE)),
                cluster.caCertificate().orElse(null), true);
    }

    /** As the cluster that lists the node; where only one is configured, as that. */
    static Access accessTo(URI node, EvenkeelConfig read) {
        return read.clusters().stream()
                .filter(cluster -> read.clusters().size() == 1 || cluster.seeds().contains(node)
                        || cluster.nodes().stream().anyMatch(listed -> listed.url().equals(node)))
                .findFirst().map(AgentSetup::access).orElse(Access.OPEN);
    }

    /** A record, so that the same key is equal to itself. */
    private record FixedKey(Secret key) implements Supplier<Secret> {
        @Override
        public Secret get() {
            return key;
        }
    }
}
