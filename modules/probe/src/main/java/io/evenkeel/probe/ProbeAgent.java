package io.evenkeel.probe;

import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.doubt.Heartbeat;
import io.evenkeel.probe.doubt.Pauses;
import io.evenkeel.probe.doubt.SelfDoubt;
import io.evenkeel.probe.endpoint.HealthEndpoint;
import io.evenkeel.probe.schedule.ProbeSchedule;
import io.evenkeel.probe.schedule.ResultOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent of one vantage: finds the targets of its clusters, shares them with the vantage's other agents, probes each of
 * its own at its interval, and sends what it saw to {@code probe-results}. Kafka's outages cost results, never probes. The topics must be ready before the start, see
 * {@link io.evenkeel.events.kafka.TopicBootstrap}. Starts once; closes once.
 */
public final class ProbeAgent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeAgent.class);
    private static final int OUTBOX_CAPACITY = 20_000;

    private final AgentSettings settings;
    private final AgentBus bus;
    private final ProbeSchedule schedule;
    // Apart, so that its own numbers speak of targets alone.
    private final ProbeSchedule besides;
    private final Heartbeat heartbeat;
    private final References references;
    private final List<OwnReports> ownReports = new ArrayList<>();
    private final ResultOutbox outbox;
    private final Reporter reporter;
    private final Watches watches;
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
        this.watches = new Watches(groups, bus, schedule, reporter);
        watches.configure(settings.clusters(), settings.discoveryInterval());
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
        bus.start(watches::targetChanged, watches::sharesChanged);
        LOG.atInfo().setMessage("agent started").addKeyValue("vantage", settings.vantage().name())
                .addKeyValue("zone", settings.vantage().zone()).addKeyValue("agent", settings.agent())
                .addKeyValue("bootId", reporter.bootId()).addKeyValue("clusters", settings.clusters().size()).log();
    }

    /**
     * Watches these clusters from now on. Those whose settings did not change are not disturbed, probes of others that run
     * now end by themselves, and a target keeps its times unless its interval changed. For many threads.
     *
     * @param discoveryInterval in place of the one of the settings
     * @throws IllegalArgumentException when a CA file can't be used, or the settings don't go together; nothing has
     *     changed then
     */
    public void reconfigure(List<ClusterSettings> clusters, Duration discoveryInterval) {
        var next = new AgentSettings(settings.vantage(), settings.agent(), clusters, discoveryInterval,
                settings.healthEndpoint(), settings.references());
        watches.configure(next.clusters(), next.discoveryInterval());
    }

    /** Its numbers now. For many threads. */
    public AgentStatus status() {
        return new AgentStatus(settings.vantage().name(), settings.agent(), reporter.bootId(),
                schedule.size(), watches.shares().numbers().size(), reporter.probes(), reporter.failures(),
                outbox.sent(), outbox.dropped(), outbox.undelivered(), schedule.skipped(), schedule.lateness(),
                watches.kept());
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
        schedule.close();
        besides.close();
        heartbeat.close();
        ownReports.forEach(OwnReports::close);
        references.close();
        outbox.close();
        watches.close();
        bus.close();
        LOG.atInfo().setMessage("agent stopped").addKeyValue("agent", settings.agent()).log();
    }

    /** With several clusters only those can be meant that say what their nodes call themselves. */
    private void reportOwnNode() {
        var local = settings.healthEndpoint();
        for (var cluster : settings.clusters()) {
            if (local != null && (settings.clusters().size() == 1 || !cluster.clusterName().isEmpty())) {
                var reports = new OwnReports(cluster, local, watches.book(), reporter);
                ownReports.add(reports);
                besides.put("own node of " + cluster.cluster(), cluster.pace().interval(), reports::report);
            }
        }
    }
}
