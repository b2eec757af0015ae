package io.evenkeel.lab;

import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.TopicBootstrap;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.lab.aws.AutoScalingGroupSpec;
import io.evenkeel.lab.aws.AwsEndpoint;
import io.evenkeel.lab.aws.AwsEndpointSettings;
import io.evenkeel.lab.dns.DnsServer;
import io.evenkeel.lab.elasticsearch.ElasticsearchDistribution;
import io.evenkeel.lab.elasticsearch.ElasticsearchHealth;
import io.evenkeel.lab.elasticsearch.ElasticsearchNode;
import io.evenkeel.lab.elasticsearch.ElasticsearchNodeSpec;
import io.evenkeel.lab.kafka.KafkaBroker;
import io.evenkeel.lab.process.ChildCommand;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.FreePorts;
import io.evenkeel.lab.process.LabException;
import io.evenkeel.lab.process.LabProcesses;
import io.evenkeel.lab.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A running lab. {@link #start} returns when both clusters are green and the pipeline says that they are healthy;
 * {@link #close} ends every process and removes the folder. All ports are on loopback.
 */
public final class Lab implements AutoCloseable {

    static final String STANDBY_NAME = "lab-standby";
    private static final Duration GREEN_WITHIN = Duration.ofMinutes(3);
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(1);

    private final LabOptions options;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<ChildProcess> agents = new ArrayList<>();
    private final List<String> healthUrls = new ArrayList<>();
    private final Path folder;
    private final LabProcesses processes;
    private final PrimaryCluster.Ports ports;
    private final PrimaryCluster primary;
    private final ElasticsearchNode standby;
    private final KafkaBroker broker;
    private final SchemaRegistry registry;
    private final LabReceiver receiver;
    private final AwsEndpoint aws;
    private final DnsServer dns;
    private final EventSerdes serdes;
    private final LabEvents events;
    private final Path config;
    private ChildProcess pipeline;

    private Lab(LabOptions options) {
        this.options = options;
        folder = LabFolder.create();
        processes = started(LabProcesses.over(folder));
        boolean complete = false;
        try {
            options.progress().accept("unpacking Elasticsearch into " + folder);
            var distribution = ElasticsearchDistribution.unpack(options.home(), folder);
            ports = freePorts();
            primary = new PrimaryCluster(distribution, processes, ports);
            standby = new ElasticsearchNode(ElasticsearchNodeSpec.alone("standby-1", STANDBY_NAME,
                    LabPlan.standbyHost(), ports.http(), ports.transport(), "us-west-2a"), distribution, processes);
            options.progress().accept("starting Kafka, a schema registry, 3 masters, 2 data nodes and a standby");
            primary.masters().forEach(ElasticsearchNode::start);
            standby.start();
            broker = new KafkaBroker(processes);
            broker.start();
            registry = started(new SchemaRegistry(folder.resolve("schema-registry.json")));
            registry.start();
            receiver = started(new LabReceiver());
            aws = started(AwsEndpoint.start(
                    AwsEndpointSettings.defaults().withListener(line -> log("aws", line)), primary));
            dns = started(DnsServer.start(aws.publishedZones(), 0));
            var instances = aws.defineGroup(new AutoScalingGroupSpec(LabPlan.DATA_GROUP, 2, 4, 2,
                    LabPlan.ZONES.subList(0, 2), Duration.ZERO, Map.of("evenkeel-cluster", LabPlan.PRIMARY.value())));
            var made = new AwsProvision(aws.uri()).make(options.strategy(), receiver.snsEndpoint());
            config = writeConfig(made);
            options.progress().accept("configuration of the pipeline: " + config);
            pipeline = startPipeline();
            awaitGreen(instances);
            serdes = started(new EventSerdes(Map.of("schema.registry.url", registry.url().toString())));
            events = started(followEvents());
            startAgents();
            awaitHealthy();
            complete = true;
        } catch (IOException failed) {
            throw new LabException("can't write below " + folder + ": " + failed.getMessage(), failed);
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /**
     * Starts everything; takes about a minute.
     *
     * @throws LabException with one line that says what to do
     */
    public static Lab start(LabOptions options) {
        return new Lab(options);
    }

    private <T extends AutoCloseable> T started(T part) {
        started.push(part);
        return part;
    }

    private static PrimaryCluster.Ports freePorts() {
        var hosts = LabPlan.allHosts();
        int http = FreePorts.find(hosts);
        int transport = FreePorts.find(hosts);
        while (transport == http) {
            transport = FreePorts.find(hosts);
        }
        return new PrimaryCluster.Ports(http, transport);
    }

    private Path writeConfig(AwsProvision.Made made) throws IOException {
        return new LabConfig(broker.bootstrapServers(), registry.url(), ports.http(), options.strategy(), made,
                receiver.heartbeatUrl(), folder).write();
    }

    private ChildProcess startPipeline() {
        return evenkeel("pipeline", List.of("-Xmx256m"), List.of("run"));
    }

    private void startAgents() {
        for (int i = 0; i < LabPlan.VANTAGES.size(); i++) {
            String listen = "127.0.0.1:" + FreePorts.find();
            agents.add(evenkeel(LabPlan.VANTAGES.get(i).name(), List.of("-Xmx128m"),
                    List.of("agent", "--vantage", LabPlan.VANTAGES.get(i).name(), "--health-listen", listen,
                            "--local-node", primary.masters().get(i).url().toString())));
            healthUrls.add("http://" + listen + "/health");
        }
    }

    private ChildProcess evenkeel(String name, List<String> jvm, List<String> arguments) {
        var command = new ArrayList<>(options.evenkeel());
        command.addAll(1, jvm);
        command.addAll(arguments);
        command.addAll(List.of("--config", config.toString()));
        return processes.start(new ChildCommand(name, command, awsEnvironment(), folder,
                folder.resolve("logs").resolve(name + ".log")));
    }

    /** How the SDK is told of the lab's endpoint: by its own means. */
    Map<String, String> awsEnvironment() {
        return Map.of("AWS_ENDPOINT_URL", aws.uri().toString(), "AWS_REGION", LabPlan.REGION, "AWS_ACCESS_KEY_ID",
                "lab", "AWS_SECRET_ACCESS_KEY", "lab", "AWS_EC2_METADATA_DISABLED", "true");
    }

    private void awaitGreen(CompletableFuture<Void> instances) {
        try {
            instances.get(GREEN_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new LabException("the data nodes did not start within " + GREEN_WITHIN.toSeconds() + " s; see "
                    + folder.resolve("elasticsearch"), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", interrupted);
        }
        var took = ElasticsearchHealth.awaitGreen(primary.all(), GREEN_WITHIN, _ -> {
        });
        ElasticsearchHealth.awaitGreen(List.of(standby), GREEN_WITHIN, _ -> {
        });
        options.progress().accept("both clusters are green (the last took " + took.toSeconds() + " s more)");
        Indices.fill(primary.masters().getFirst().url(), 1);
        Indices.fill(standby.url(), 0);
    }

    private LabEvents followEvents() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicBootstrap.ensure(admin, new Topics().all(), (short) 1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", interrupted);
        }
        return new LabEvents(broker.bootstrapServers(), serdes, seen -> options.log().accept(EventLine.of(seen)));
    }

    /** Until the pipeline has said that every node is UP and both clusters are HEALTHY. */
    private void awaitHealthy() {
        options.progress().accept("waiting for the pipeline to see 6 nodes up and 2 clusters healthy");
        long deadline = System.nanoTime() + HEALTHY_WITHIN.toNanos();
        try {
            while (!allHealthy()) {
                requireAlive();
                if (System.nanoTime() > deadline) {
                    throw new LabException("the pipeline did not see the lab healthy within "
                            + HEALTHY_WITHIN.toSeconds() + " s; see " + folder.resolve("logs"));
                }
                Thread.sleep(Duration.ofMillis(200));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", interrupted);
        }
    }

    private boolean allHealthy() {
        var clusters = new HashSet<String>();
        events.all(ClusterTransition.class, Instant.EPOCH, t -> t.to() == ClusterState.HEALTHY)
                .forEach(seen -> clusters.add(((ClusterTransition) seen.event()).cluster().value()));
        var nodes = new HashSet<String>();
        events.all(NodeTransition.class, Instant.EPOCH, t -> t.to() == NodeState.UP)
                .forEach(seen -> nodes.add(((NodeTransition) seen.event()).node().toString()));
        return clusters.size() == 2 && nodes.size() == 6;
    }

    private void requireAlive() {
        for (var child : agents) {
            requireAlive(child);
        }
        requireAlive(pipeline);
    }

    private static void requireAlive(ChildProcess child) {
        if (!child.isAlive()) {
            throw new LabException(child.name() + " ended while the lab started; see " + child.log());
        }
    }

    private void log(String kind, String text) {
        options.log().accept(EventLine.line(Instant.now(), kind, text));
    }

    /** What the pipeline says. */
    public LabEvents events() {
        return events;
    }

    public AwsEndpoint aws() {
        return aws;
    }

    public DnsServer dns() {
        return dns;
    }

    public LabReceiver receiver() {
        return receiver;
    }

    public List<ElasticsearchNode> masters() {
        return primary.masters();
    }

    /** Data nodes by instance id. */
    public Map<String, ElasticsearchNode> instances() {
        return primary.instances();
    }

    public List<ElasticsearchNode> primaryNodes() {
        return primary.all();
    }

    public ElasticsearchNode standby() {
        return standby;
    }

    public int httpPort() {
        return ports.http();
    }

    /** Runs the product's own command line, as a person in a terminal would, and returns its exit code. */
    public int command(List<String> arguments) throws InterruptedException {
        var child = evenkeel("command", List.of(), arguments);
        if (!child.await(Duration.ofSeconds(30))) {
            throw new LabException("evenkeel " + String.join(" ", arguments) + " did not end within 30 s; see "
                    + child.log());
        }
        return child.onExit().join();
    }

    /** What is up and where; the environment variables that name it. */
    public LabAddresses addresses() {
        return new LabAddresses(ProcessHandle.current().pid(), folder.toString(), broker.bootstrapServers(),
                registry.url().toString(), primary.masters().stream().map(node -> node.url().toString()).toList(),
                List.of(standby.url().toString()), aws.uri().toString(),
                "127.0.0.1:" + dns.address().getPort(), LabPlan.DNS_NAME + ":" + ports.http(), healthUrls,
                config.toString());
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            var part = started.pop();
            try {
                part.close();
            } catch (Exception failed) {
                options.progress().accept("did not stop cleanly: " + failed);
            }
        }
    }
}
