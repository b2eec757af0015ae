package io.evenkeel.cli.pipeline;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.ShutdownSignal;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicBootstrap;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.probe.ProbeAgent;
import io.evenkeel.probe.endpoint.HealthEndpointSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
        "",
        "Agents of one vantage share its targets; give them the same file. A changed file is put in force without a",
        "restart, within 10 s or at SIGHUP; a bad one is refused.", "",
        "/health, /health/live, /health/ready and /health/cluster are served for the node named by",
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
            TopicBootstrap.ensure(admin, List.of(topics.targets(), topics.probeResults(), topics.clusterFacts()),
                    (short) read.kafka().replicationFactor());
        }
        try (var signal = new ShutdownSignal();
                var serdes = new EventSerdes(read.registry().settings());
                var groups = Groups.of(read);
                var agent = new ProbeAgent(AgentSetup.agent(read, own, healthEndpoint(read)), kafka, serdes, topics,
                        groups)) {
            var reload = new ConfigReload(config.file(), read, next -> {
                NeedsRestart.check(config.file(), own, read, next);
                agent.reconfigure(AgentSetup.clusters(next), next.agent().discoveryInterval());
            }, InstantSource.system());
            try (var report = new AgentReport(agent::status, reload::status); var watch = new ConfigWatch(reload)) {
                var metrics = metrics(read, report);
                agent.start();
                if (agent.healthEndpointPort() > 0) {
                    LOG.atInfo().addKeyValue("port", agent.healthEndpointPort()).log("health endpoint listens");
                }
                report.start();
                watch.start();
                signal.await();
                metrics.ifPresent(MetricsEndpoint::close);
            }
        }
        return 0;
    }

    private static Optional<MetricsEndpoint> metrics(EvenkeelConfig read, AgentReport report) {
        var settings = read.agent().metrics();
        if (!settings.enabled()) {
            return Optional.empty();
        }
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        report.measuredBy(registry);
        return MetricsEndpoint.open(settings, registry);
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
                AgentSetup.accessTo(node, read));
    }
}
