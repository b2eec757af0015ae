package io.evenkeel.probe;

import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.probe.endpoint.HealthEndpointSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent.
 *
 * @param vantage where it looks from
 * @param agent name of the process, for people: {@code host/pid} or as configured
 * @param discoveryInterval between rounds of discovery, at least 1 s; default 30 s
 * @param healthEndpoint null serves none, and reports no node of this host
 * @param references addresses unrelated to any cluster, {@code http(s)://host[:port]} or {@code tcp://host:port}: while all
 *     of them and all targets fail, the agent doubts itself. May be empty
 */
public record AgentSettings(Vantage vantage, String agent, List<ClusterSettings> clusters, Duration discoveryInterval,
        @Nullable HealthEndpointSettings healthEndpoint, List<URI> references) {

    public static final Duration DISCOVERY_INTERVAL = Duration.ofSeconds(30);

    /** Without references. */
    public AgentSettings(Vantage vantage, String agent, List<ClusterSettings> clusters, Duration discoveryInterval,
            @Nullable HealthEndpointSettings healthEndpoint) {
        this(vantage, agent, clusters, discoveryInterval, healthEndpoint, List.of());
    }

    public AgentSettings {
        clusters = List.copyOf(clusters);
        references = List.copyOf(references);
        if (discoveryInterval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("discoveryInterval must be at least 1 s, was " + discoveryInterval);
        }
        if (clusters.stream().map(ClusterSettings::cluster).distinct().count() != clusters.size()) {
            throw new IllegalArgumentException("each cluster must be configured once");
        }
    }
}
