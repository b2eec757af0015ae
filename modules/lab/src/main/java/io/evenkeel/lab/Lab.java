package io.evenkeel.lab;

import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.TopicBootstrap;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.lab.aws.AutoScalingGroupSpec;
import io.evenkeel.lab.aws.AutoScalingInstance;
import io.evenkeel.lab.aws.AwsEndpoint;
import io.evenkeel.lab.aws.AwsEndpointSettings;
import io.evenkeel.lab.dns.DnsServer;
import io.evenkeel.lab.elasticsearch.ElasticsearchDistribution;
import io.evenkeel.lab.elasticsearch.ElasticsearchHealth;
import io.evenkeel.lab.elasticsearch.ElasticsearchNode;
import io.evenkeel.lab.elasticsearch.ElasticsearchNodeSpec;
import io.evenkeel.lab.kafka.KafkaBroker;
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
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * A running lab. {@link #start} returns when both clusters are green and the pipeline says that they are healthy;
 * {@link #close} ends every process and removes the folder. All ports are on loopback.
 */
public final class Lab implements AutoCloseable {

    static final String STANDBY_NAME = "lab-standby";
    private static final Duration GREEN_WITHIN = Duration.ofMinutes(3);
    private static final Duration IN_ORDER_WITHIN = Duration.ofSeconds(90);

    private final LabOptions options;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
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
    private final EvenkeelProcesses own;
    private final LabView view;

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
            own = new EvenkeelProcesses(options.evenkeel(), processes, config, aws.uri());
            own.startPipeline();
            awaitGreen(instances);
            serdes = started(new EventSerdes(Map.of("schema.registry.url", registry.url().toString())));
            events = started(followEvents());
            view = new LabView(events);
            for (int i = 0; i < LabPlan.VANTAGES.size(); i++) {
                own.startAgent(LabPlan.VANTAGES.get(i).name(), primary.masters().get(i).url());
            }
            options.progress().accept("waiting for the pipeline to see 6 nodes up and 2 clusters healthy");
            awaitInOrder();
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
                receiver, folder).write();
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
        return new LabEvents(broker.bootstrapServers(), serdes, this::log);
    }

    /** All but heartbeats, which would hide the rest. */
    private void log(LabEvents.Seen seen) {
        boolean heartbeat = switch (seen.event()) {
            case Notification notification -> notification.kind() == Notification.Kind.HEARTBEAT;
            case Delivery delivery -> delivery.incident().equals(Notification.HEARTBEATS);
            default -> false;
        };
        if (!heartbeat) {
            options.log().accept(EventLine.of(seen));
        }
    }

    /** Until the pipeline says that every node is UP and both clusters are HEALTHY, and no alert fires. */
    private void awaitInOrder() {
        await("the pipeline did not see the lab in order", IN_ORDER_WITHIN,
                () -> view.troubles(primary.all(), standby));
    }

    /** @param lacking what is still to come; nothing ends the wait */
    private void await(String failure, Duration limit, Supplier<List<String>> lacking) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (var still = lacking.get(); !still.isEmpty(); still = lacking.get()) {
                own.requireAlive();
                if (System.nanoTime() > deadline) {
                    throw new LabException(failure + " within " + limit.toSeconds() + " s: "
                            + String.join(", ", still) + "; see " + folder.resolve("logs"));
                }
                Thread.sleep(Duration.ofMillis(200));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", interrupted);
        }
    }

    private void log(String kind, String text) {
        options.log().accept(EventLine.line(Instant.now(), kind, text));
    }

    /**
     * Brings back what a scenario has broken: starts again what was killed, and waits until all is as it was. The group
     * of data nodes keeps the size that it has, and its indices their copies.
     *
     * @throws LabException when it isn't in time
     */
    public void restore() {
        var dead = primary.all().stream().filter(node -> !node.isAlive()).toList();
        dead.forEach(ElasticsearchNode::start);
        own.startMissing();
        ElasticsearchHealth.awaitGreen(primary.all(), GREEN_WITHIN, _ -> {
        });
        if (!standby.isAlive()) {
            // Not before the primary is healthy: to a standby that is well a failed primary fails over.
            await("the pipeline did not see the primary healthy", IN_ORDER_WITHIN,
                    () -> view.clusterTroubles(LabPlan.PRIMARY));
            standby.start();
            ElasticsearchHealth.awaitGreen(List.of(standby), GREEN_WITHIN, _ -> {
            });
        }
        awaitInOrder();
    }

    /**
     * Sees to it that the group has as many data nodes, and the cluster is green with them. It is never made smaller.
     *
     * @throws LabException when it isn't in time
     */
    public void haveDataNodes(int number) {
        if (primary.instances().size() < number) {
            new DataGroup(aws.uri()).setDesiredCapacity(number);
            await("the data nodes did not start", GREEN_WITHIN, () -> inService() < number
                    ? List.of(inService() + " of " + number + " in service")
                    : List.of());
        }
        ElasticsearchHealth.awaitGreen(primary.all(), GREEN_WITHIN, _ -> {
        });
        awaitInOrder();
    }

    private int inService() {
        return (int) aws.instances(LabPlan.DATA_GROUP).stream()
                .filter(instance -> instance.lifecycle() == AutoScalingInstance.Lifecycle.IN_SERVICE).count();
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

    /** What is changed at Route 53 for a failover, by the strategy in use: the name of the call. */
    public String failoverCall() {
        return switch (options.strategy()) {
            case HEALTH_CHECK -> "UpdateHealthCheck";
            case RECORD_SET -> "ChangeResourceRecordSets";
        };
    }

    public ChildProcess agent(String vantage) {
        return own.agent(vantage);
    }

    public ChildProcess pipeline() {
        return own.pipeline();
    }

    /** Another, in place of one that has ended. */
    public void startPipeline() {
        own.startPipeline();
    }

    /** Runs the product's own command line, as a person in a terminal would, and returns its exit code. */
    public int command(List<String> arguments) {
        return own.run(arguments);
    }

    /** What is up and where; the environment variables that name it. */
    public LabAddresses addresses() {
        return new LabAddresses(ProcessHandle.current().pid(), folder.toString(), broker.bootstrapServers(),
                registry.url().toString(), primary.masters().stream().map(node -> node.url().toString()).toList(),
                List.of(standby.url().toString()), aws.uri().toString(),
                "127.0.0.1:" + dns.address().getPort(), LabPlan.DNS_NAME + ":" + ports.http(), own.healthUrls(),
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
