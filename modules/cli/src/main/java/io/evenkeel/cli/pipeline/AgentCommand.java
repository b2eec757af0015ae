package io.evenkeel.cli.pipeline;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.ShutdownSignal;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicBootstrap;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.probe.AgentSettings;
import io.evenkeel.probe.ClusterSettings;
import io.evenkeel.probe.ProbeAgent;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.endpoint.HealthEndpointSettings;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.Secret;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The probe agent of one vantage. */
@Command(name = "agent", mixinStandardHelpOptions = true, description = "Probe the configured clusters from one vantage, discover their nodes, serve /health.", footer = {
        "", "/health, /health/live, /health/ready and /health/cluster are served for the node named by",
        "agent.health.localNode or --local-node (else http://localhost:9200); only /health/live may feed an Auto Scaling group.",
        "",
        "Example:", "  evenkeel agent --config evenkeel.yaml --vantage us-east-1a"})
public final class AgentCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(AgentCommand.class);

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;
    @Option(names = "--vantage", required = true, defaultValue = "${env:EVENKEEL_VANTAGE}", description = "name of a vantage in the configuration; default: $EVENKEEL_VANTAGE")
    private String vantage = "";
    @Option(names = "--health-listen", paramLabel = "HOST:PORT", description = "address of /health; default: agent.health.host and .port, else 127.0.0.1:8080")
    private @Nullable String healthListen;
    @Option(names = "--local-node", paramLabel = "URL", description = "the node that /health speaks for; default: agent.health.localNode, else http://localhost:9200")
    private @Nullable URI localNode;

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        var own = read.vantages().stream().filter(candidate -> candidate.name().equals(vantage)).findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(),
                        "there is no vantage '" + vantage + "' in " + config.file() + "; there are: "
                                + String.join(", ",
                                        read.vantages().stream().map(Vantage::name).toList())));
        var topics = new Topics(read.kafka().topicPrefix());
        var kafka = new KafkaSettings(read.kafka().clientSettings());
        try (var admin = Admin.create(kafka.admin("evenkeel-agent-bootstrap"))) {
            TopicBootstrap.ensure(admin, List.of(topics.targets(), topics.probeResults()),
                    (short) read.kafka().replicationFactor());
        }
        try (var signal = new ShutdownSignal();
                var serdes = new EventSerdes(read.registry().settings());
                var groups = Groups.of(read);
                var agent = new ProbeAgent(settings(read, own), kafka, serdes, topics, groups.listing())) {
            agent.start();
            if (agent.healthEndpointPort() > 0) {
                LOG.atInfo().addKeyValue("port", agent.healthEndpointPort()).log("health endpoint listens");
            }
            signal.await();
        }
        return 0;
    }

    private AgentSettings settings(EvenkeelConfig read, Vantage own) {
        return new AgentSettings(own, own.name() + "/" + ProcessHandle.current().pid(),
                read.clusters().stream().map(cluster -> settings(cluster, read.vantages())).toList(),
                read.agent().discoveryInterval(), healthEndpoint(read), read.agent().references());
    }

    private static ClusterSettings settings(EvenkeelConfig.Cluster cluster, List<Vantage> vantages) {
        var discovery = DiscoverySettings.of(cluster.seeds().stream().map(URI::toString).toList(),
                cluster.nodes().stream().map(node -> new StaticNode(node.name(), node.url().toString(), node.zone(),
                        new HashSet<>(node.roles()))).toList(),
                cluster.autoScalingGroups());
        return new ClusterSettings(cluster.id(), cluster.clusterName(), discovery, cluster.canaryIndex(),
                cluster.interval(), cluster.timeout(), vantages,
                access(cluster));
    }

    private static Access access(EvenkeelConfig.Cluster cluster) {
        var key = cluster.apiKey().map(Secret::of).orElse(Secret.NONE);
        return new Access(() -> key, cluster.caCertificate().orElse(null), true);
    }

    private @Nullable HealthEndpointSettings healthEndpoint(EvenkeelConfig read) {
        var agent = read.agent();
        var node = localNode == null ? agent.localNode().orElse(null) : localNode;
        if (node == null) {
            return null;
        }
        String host = agent.healthHost();
        int port = agent.healthPort();
        if (healthListen != null) {
            int colon = healthListen.lastIndexOf(':');
            try {
                host = healthListen.substring(0, colon);
                port = Integer.parseInt(healthListen.substring(colon + 1));
            } catch (IndexOutOfBoundsException | NumberFormatException notAnAddress) {
                throw new ParameterException(spec.commandLine(),
                        "--health-listen must be HOST:PORT, was '" + healthListen + "'", notAnAddress);
            }
        }
        return new HealthEndpointSettings(host, port, node.toString(), HealthEndpointSettings.DEADLINE,
                accessTo(node, read));
    }

    /** As the cluster that lists the node; where only one is configured, as that. */
    private static Access accessTo(URI node, EvenkeelConfig read) {
        return read.clusters().stream()
                .filter(cluster -> read.clusters().size() == 1 || cluster.seeds().contains(node)
                        || cluster.nodes().stream().anyMatch(listed -> listed.url().equals(node)))
                .findFirst().map(AgentCommand::access).orElse(Access.OPEN);
    }
}
