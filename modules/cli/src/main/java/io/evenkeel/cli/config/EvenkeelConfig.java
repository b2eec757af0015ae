package io.evenkeel.cli.config;

import io.evenkeel.actions.ActionTimes;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.NodeRole;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.probe.ProbePace;
import io.evenkeel.topology.policy.PolicyJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a process of Evenkeel is told; the keys are in docs/configuration.md.
 *
 * @param source the file's text
 * @param policies the numbers that rules decide by, published to the topic {@code policies}
 */
public record EvenkeelConfig(String source, Kafka kafka, Registry registry, List<Vantage> vantages,
        List<Cluster> clusters, List<Service> services, PolicySet policies, Actions actions,
        Optional<Heartbeat> heartbeat, Alerts alerts, Agent agent, Metrics metrics, Api api) {

    /** Of all clusters, in the file's order. */
    public List<ClusterId> clusterIds() {
        return clusters.stream().map(Cluster::id).toList();
    }

    /** What tells one file from another: 12 hex digits of a hash of its text. */
    public String fingerprint() {
        return PolicyJson.hash(source);
    }

    /**
     * @param bootstrapServers {@code host:port,...}
     * @param properties passed to every Kafka client: TLS, SASL
     * @param stateFolder where Streams keeps locks and checkpoints
     */
    public record Kafka(String bootstrapServers, String topicPrefix, int replicationFactor,
            Map<String, String> properties, Path stateFolder) {

        /** Settings of every Kafka client. */
        public Map<String, String> clientSettings() {
            var settings = new java.util.HashMap<>(properties);
            settings.put("bootstrap.servers", bootstrapServers);
            return settings;
        }
    }

    /** @param settings Confluent's keys ({@code schema.registry.url}, {@code auto.register.schemas}, ...) */
    public record Registry(Map<String, String> settings) {}

    /**
     * @param seeds where discovery asks first
     * @param nodes nodes that are known without asking
     * @param pace of its probes
     * @param roles pace of the probes of nodes of one role, where it differs
     * @param apiKey {@code Authorization: ApiKey} value; empty for none
     */
    public record Cluster(ClusterId id, String clusterName, List<URI> seeds, List<StaticNode> nodes,
            List<String> autoScalingGroups, String canaryIndex, ProbePace pace, Map<NodeRole, ProbePace> roles,
            Optional<String> apiKey, Optional<Path> caCertificate) {

        /** Of all its probes. */
        public Duration longestInterval() {
            return Stream.concat(Stream.of(pace), roles.values().stream()).map(ProbePace::interval)
                    .max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    public record StaticNode(String name, URI url, String zone, List<String> roles) {}

    public record Service(ServiceId id, ClusterId primary, ClusterId standby, Dns dns) {}

    /** How a service's traffic is moved. */
    public sealed interface Dns {

        /** Invert a CALCULATED health check that the primary failover record carries. */
        record HealthCheck(String healthCheckId) implements Dns {}

        /** Rewrite the record. */
        record RecordSet(String hostedZoneId, String recordName, String type, Duration ttl,
                Map<ClusterId, List<String>> values) implements Dns {}
    }

    /**
     * @param home folder where a file BRAKE stops this host's actions
     * @param times how long a claim holds and a call may take
     * @param snsTopicArn empty: nothing is published on SNS
     * @param eventBus empty: nothing is put on EventBridge
     */
    public record Actions(Path home, ActionTimes times, Optional<String> snsTopicArn, Optional<String> eventBus) {}

    public record Heartbeat(URI url, Duration interval) {}

    /**
     * @param healthHost address the node-local endpoint listens on
     * @param healthPort its port; 0 picks a free one
     * @param localNode the node that {@code /health} speaks of; absent: the endpoint is switched off
     * @param references addresses that have nothing to do with any cluster; see {@code Reference}
     */
    public record Agent(String healthHost, int healthPort, Optional<URI> localNode, Duration discoveryInterval,
            List<URI> references, Metrics metrics) {}

    /**
     * Where a process serves its metrics.
     *
     * @param host address to listen on
     * @param port its port; 0 picks a free one
     */
    public record Metrics(boolean enabled, String host, int port) {}
}
