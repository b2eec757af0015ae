package io.evenkeel.probe;

import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.TargetBook;
import io.evenkeel.probe.doubt.Heartbeat;
import io.evenkeel.probe.doubt.Pauses;
import io.evenkeel.probe.doubt.SelfDoubt;
import io.evenkeel.probe.endpoint.HealthEndpoint;
import io.evenkeel.probe.schedule.ProbeSchedule;
import io.evenkeel.probe.schedule.ResultOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one vantage: finds the targets of its clusters, probes each at its interval, and sends what it saw to
 * {@code probe-results}. Kafka's outages cost results, never probes. The topics must be ready before the start, see
 * {@link io.evenkeel.events.kafka.TopicBootstrap}. Starts once; closes once.
 */
public final class ProbeAgent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeAgent.class);
    private static final int OUTBOX_CAPACITY = 20_000;
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    private final AgentSettings settings;
    private final AgentBus bus;
    private final TargetBook book = new TargetBook();
    private final ProbeSchedule schedule;
    // Apart, so that its own numbers speak of targets alone.
    private final ProbeSchedule besides;
    private final Heartbeat heartbeat;
    private final References references;
    private final List<OwnReports> ownReports = new ArrayList<>();
    private final ResultOutbox outbox;
    private final Reporter reporter;
    private final List<ClusterWatch> watches = new ArrayList<>();
    private final ExecutorService discoveries = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("discovery-", 0).factory());
    private volatile @Nullable HealthEndpoint endpoint;

    /**
     * An agent on Kafka; connects at {@link #start}.
     *
     * @param serdes used until {@link #close}, not closed by it
     * @param groups asked only for clusters with configured groups
     * @throws IllegalArgumentException when a configured CA file can't be used
     */
    public ProbeAgent(AgentSettings settings, KafkaSettings kafka, EventSerdes serdes, Topics topics,
            AutoScalingGroups groups) {
        this(settings, new KafkaBus(kafka, serdes, topics, settings.vantage().name()), groups);
    }

    ProbeAgent(AgentSettings settings, AgentBus bus, AutoScalingGroups groups) {
        this.settings = settings;
        this.bus = bus;
        this.schedule = ProbeSchedule.start(settings.vantage().name());
        this.outbox = new ResultOutbox(bus, OUTBOX_CAPACITY, System::nanoTime);
        this.besides = ProbeSchedule.start(settings.vantage().name());
        var pauses = new Pauses(System.nanoTime());
        this.heartbeat = Heartbeat.start(pauses);
        var selfDoubt = new SelfDoubt(System.nanoTime());
        this.references = new References(settings, selfDoubt);
        this.reporter = new Reporter(settings.vantage(), settings.agent(), outbox, selfDoubt, pauses);
        for (var cluster : settings.clusters()) {
            watches.add(new ClusterWatch(cluster, groups, book, bus, schedule, reporter));
        }
    }

    /**
     * Starts to look.
     *
     * @throws java.io.UncheckedIOException when the health endpoint's address can't be bound
     */
    public void start() {
        if (settings.healthEndpoint() != null) {
            endpoint = HealthEndpoint.start(settings.healthEndpoint());
        }
        reportOwnNode();
        references.start(besides);
        outbox.start();
        bus.start(this::targetChanged);
        for (var watch : watches) {
            discoveries.execute(() -> discover(watch));
        }
        LOG.atInfo().setMessage("agent started").addKeyValue("vantage", settings.vantage().name())
                .addKeyValue("zone", settings.vantage().zone()).addKeyValue("agent", settings.agent())
                .addKeyValue("bootId", reporter.bootId()).addKeyValue("clusters", watches.size()).log();
    }

    /** Its numbers now. For many threads. */
    public AgentStatus status() {
        return new AgentStatus(settings.vantage().name(), settings.agent(), reporter.bootId(),
                schedule.targets().size(), reporter.probes(), reporter.failures(), outbox.sent(), outbox.dropped(),
                outbox.undelivered(), schedule.skipped(), schedule.latenessP99());
    }

    /** Port of the health endpoint; 0 when there is none. */
    public int healthEndpointPort() {
        var serving = endpoint;
        return serving == null ? 0 : serving.port();
    }

    @Override
    public void close() {
        var serving = endpoint;
        if (serving != null) {
            serving.close();
        }
        discoveries.shutdownNow();
        schedule.close();
        besides.close();
        heartbeat.close();
        ownReports.forEach(OwnReports::close);
        references.close();
        outbox.close();
        watches.forEach(ClusterWatch::close);
        bus.close();
        LOG.atInfo().setMessage("agent stopped").addKeyValue("agent", settings.agent()).log();
    }

    /** With several clusters only those can be meant that say what their nodes call themselves. */
    private void reportOwnNode() {
        var local = settings.healthEndpoint();
        for (var cluster : settings.clusters()) {
            if (local != null && (settings.clusters().size() == 1 || !cluster.clusterName().isEmpty())) {
                var reports = new OwnReports(cluster, local, book, reporter);
                ownReports.add(reports);
                besides.put("own node of " + cluster.cluster(), cluster.interval(), reports::report);
            }
        }
    }

    private void targetChanged(String key, @Nullable Object value, Instant appendedAt) {
        book.changed(key, value, appendedAt);
        for (var watch : watches) {
            if (watch.owns(key)) {
                watch.changed(key, value);
            }
        }
    }

    private void discover(ClusterWatch watch) {
        try {
            while (true) {
                // Differences to an old state of the topic are no differences: without Kafka there is no round.
                if (bus.awaitCaughtUp(CATCH_UP)) {
                    round(watch);
                    Thread.sleep(settings.discoveryInterval());
                }
            }
        } catch (InterruptedException _) {
            LOG.atDebug().setMessage("discovery stopped").log();
        }
    }

    private static void round(ClusterWatch watch) {
        try {
            watch.discover();
        } catch (RuntimeException e) {
            LOG.atError().setMessage("discovery round failed by a bug").setCause(e).log();
        }
    }
}
