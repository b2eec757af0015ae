package io.evenkeel.cli.pipeline;

import io.evenkeel.actions.ActionConsumer;
import io.evenkeel.actions.ActionHandlers;
import io.evenkeel.actions.Announcer;
import io.evenkeel.actions.DnsStrategy;
import io.evenkeel.actions.Heartbeat;
import io.evenkeel.actions.LastLook;
import io.evenkeel.actions.TrafficSwitch;
import io.evenkeel.actions.aws.AwsAdapters;
import io.evenkeel.channels.delivery.Deliverer;
import io.evenkeel.cli.ShutdownSignal;
import io.evenkeel.cli.alerts.ChannelAdapters;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.EventPublisher;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicBootstrap;
import io.evenkeel.events.registry.SchemaRegistration;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.alert.AlertTopology;
import io.evenkeel.topology.copy.CopyTopology;
import io.evenkeel.topology.decision.DecisionTopology;
import io.evenkeel.topology.health.HealthTopology;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.policy.PolicyJson;
import io.evenkeel.topology.policy.PolicyTable;
import io.evenkeel.topology.run.StreamsRunner;
import io.evenkeel.topology.run.StreamsSettings;
import io.evenkeel.topology.run.StreamsSettings.Guarantee;
import io.evenkeel.topology.run.TickWriter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pipeline process, put together from its parts in the order in which they need each other. */
final class Pipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final Duration KAFKA_WITHIN = Duration.ofMinutes(2);

    private final EvenkeelConfig config;
    private final ShutdownSignal signal;
    private final Topics topics;
    private final KafkaSettings kafka;
    private final EventSerdes serdes;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final TopologyMeters meters = new TopologyMeters(registry);
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final AtomicInteger exitCode = new AtomicInteger();
    private final String instance = ProcessHandle.current().pid() + "-" + UUID.randomUUID();

    Pipeline(EvenkeelConfig config, ShutdownSignal signal) {
        this.config = config;
        this.signal = signal;
        topics = new Topics(config.kafka().topicPrefix());
        kafka = new KafkaSettings(config.kafka().clientSettings());
        serdes = started(new EventSerdes(config.registry().settings()));
    }

    private <T extends AutoCloseable> T started(T part) {
        started.push(part);
        return part;
    }

    void start() throws InterruptedException {
        serveMetrics();
        createTopics();
        var publisher = started(new EventPublisher(kafka, "evenkeel-run-" + instance, serdes.serializer()));
        var policies = policies(publisher);
        var ticks = started(new TickWriter(publisher, List.of(topics.probeResults(), topics.decisionInputs()),
                "run-" + instance, policies::newest));
        ticks.start();
        stream("health", new HealthTopology(topics, serdes, policies, meters).get());
        stream(CopyTopology.NAME, Guarantee.AT_LEAST_ONCE, new CopyTopology(topics).get());
        stream(DecisionTopology.NAME, new DecisionTopology(topics, serdes, policies, meters).get());
        stream("alert", new AlertTopology(topics, serdes, meters, config.alerts().policy()).get());
        startActions(policies);
        LOG.atInfo().addKeyValue("revision", policies.newest().revision())
                .addKeyValue("armed", config.policies().decision().armed())
                .addKeyValue("clusters", config.clusters().size())
                .addKeyValue("kafka", config.kafka().bootstrapServers()).log("pipeline runs");
    }

    /** First of all, so that a process that waits for Kafka can be seen; without them the pipeline runs as well. */
    private void serveMetrics() {
        if (config.metrics().enabled()) {
            MetricsEndpoint.open(config.metrics(), registry).ifPresent(this::started);
        }
    }

    private void createTopics() throws InterruptedException {
        try (var admin = Admin.create(kafka.admin("evenkeel-bootstrap-" + instance))) {
            TopicBootstrap.ensure(admin, topics.all(), (short) config.kafka().replicationFactor(), KAFKA_WITHIN,
                    line -> LOG.atWarn().addKeyValue("brokers", kafka.bootstrapServers()).addKeyValue("kafka", line)
                            .log("topics are not there yet"));
        }
        boolean register = Boolean.parseBoolean(config.registry().settings().get("auto.register.schemas"));
        new SchemaRegistration(serdes.registry(), topics, register)
                .ensure(line -> LOG.atInfo().addKeyValue("registry", line).log("schemas"));
    }

    /** The file's policy takes effect when it was never published before; an older one than the newest does not. */
    private PolicyTable policies(EventPublisher publisher) throws InterruptedException {
        var table = started(PolicyTable.start(kafka, "evenkeel-policies-" + instance, topics, serdes,
                config.policies()));
        if (!table.awaitCaughtUp(KAFKA_WITHIN)) {
            throw new IllegalStateException("topic " + topics.policies().name() + " could not be read within "
                    + KAFKA_WITHIN.toSeconds() + " s; see the log");
        }
        String revision = config.policies().revision();
        if (!table.knows(revision)) {
            publisher.send(topics.policies(), PolicyJson.record(config.policies(), "evenkeel run " + instance))
                    .toCompletableFuture().join();
            table.awaitCaughtUp(KAFKA_WITHIN);
        } else if (!table.newest().revision().equals(revision)) {
            LOG.atWarn().addKeyValue("file", revision).addKeyValue("inForce", table.newest().revision())
                    .log("this file's policy was replaced by a newer one, which holds; to go back, run"
                            + " 'evenkeel publish-policy' with this file");
        }
        return table;
    }

    private void stream(String name, Topology topology) {
        stream(name, Guarantee.EXACTLY_ONCE, topology);
    }

    private void stream(String name, Guarantee guarantee, Topology topology) {
        var settings = new StreamsSettings(config.kafka().topicPrefix() + name,
                config.kafka().stateFolder().resolve(instance).toString(), config.kafka().replicationFactor(),
                config.kafka().clientSettings(), guarantee);
        var runner = started(new StreamsRunner(topology, settings, InstantSource.system(), this::fail));
        (config.metrics().enabled() ? runner.measuredBy(registry) : runner).start();
    }

    private void startActions(PolicyTable policies) throws InterruptedException {
        var times = config.actions().times();
        var aws = AwsAdapters.open(times.callTimeout());
        var groups = started(Groups.over(aws, times.callTimeout()));
        var traffic = new HashMap<ServiceId, TrafficSwitch>();
        config.services().forEach(service -> traffic.put(service.id(), aws.trafficSwitch(strategy(service))));
        var lastLook = new LastLook(sight(groups), revision -> policies.revision(revision)
                .map(policy -> policy.decision().safety().facts()));
        var consumer = started(new ActionConsumer(kafka, topics, serdes,
                new ActionHandlers(aws.instanceHealth(), traffic, lastLook), times, config.actions().home()));
        consumer.start();
        if (config.actions().snsTopicArn().isPresent() || config.actions().eventBus().isPresent()) {
            started(new Announcer(kafka, topics, serdes,
                    aws.announcements(config.actions().snsTopicArn(), config.actions().eventBus()))).start();
        }
        startChannels();
        config.heartbeat().ifPresent(heartbeat -> started(new Heartbeat(heartbeat.url(), heartbeat.interval(),
                consumer::timeGoesOn)).start());
    }

    private void startChannels() {
        if (!config.alerts().channels().isEmpty()) {
            started(new Deliverer(kafka, topics, serdes, ChannelAdapters.lines(config.alerts()),
                    ChannelAdapters.CALL_TIMEOUT)).start();
        }
    }

    /** Without targets it can't be told where nodes are, so nothing is begun before they are read. */
    private LiveSight sight(Groups groups) throws InterruptedException {
        var sight = started(LiveSight.start(config, kafka, topics, serdes, groups, instance));
        if (!sight.awaitTargets(KAFKA_WITHIN)) {
            throw new IllegalStateException("topic " + topics.targets().name() + " could not be read within "
                    + KAFKA_WITHIN.toSeconds() + " s; see the log");
        }
        return sight;
    }

    private static DnsStrategy strategy(EvenkeelConfig.Service service) {
        return switch (service.dns()) {
            case EvenkeelConfig.Dns.HealthCheck(var id) -> new DnsStrategy.HealthCheck(id, service.primary());
            case EvenkeelConfig.Dns.RecordSet record -> new DnsStrategy.RecordSet(record.hostedZoneId(),
                    record.recordName(), record.type(), record.ttl(), record.values());
        };
    }

    private void fail(Throwable error) {
        LOG.atError().addKeyValue("error", error.toString()).log("pipeline can't go on");
        exitCode.set(1);
        signal.raise();
    }

    /** 0, or 1 when it ended by a failure. */
    int exitCode() {
        return exitCode.get();
    }

    @Override
    public void close() {
        LOG.info("pipeline stops");
        while (!started.isEmpty()) {
            var part = started.pop();
            try {
                part.close();
            } catch (Exception failed) {
                LOG.atWarn().addKeyValue("part", part.getClass().getSimpleName())
                        .addKeyValue("error", failed.toString()).log("a part did not stop cleanly");
            }
        }
    }
}
