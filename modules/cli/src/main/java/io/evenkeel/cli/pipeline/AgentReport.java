package io.evenkeel.cli.pipeline;

import io.evenkeel.probe.AgentStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an agent says of itself: a line a minute in the log, the first after 15 s, and meters. */
final class AgentReport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentReport.class);

    private final OpenFiles files = new OpenFiles();
    private final Supplier<AgentStatus> agent;
    private final Supplier<ConfigStatus> config;
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("agent-report").factory());

    AgentReport(Supplier<AgentStatus> agent, Supplier<ConfigStatus> config) {
        this.agent = agent;
        this.config = config;
    }

    void start() {
        var _ = clock.scheduleAtFixedRate(this::log, 15, 60, TimeUnit.SECONDS);
    }

    void log() {
        var now = agent.get();
        var file = config.get();
        var refusal = file.lastRefusal();
        LOG.atInfo().addKeyValue("vantage", now.vantage()).addKeyValue("targets", now.targets())
                .addKeyValue("shares", now.shares()).addKeyValue("probes", now.probes())
                .addKeyValue("failures", now.failures()).addKeyValue("sent", now.sent())
                .addKeyValue("dropped", now.dropped()).addKeyValue("undelivered", now.undelivered())
                .addKeyValue("skipped", now.skipped()).addKeyValue("latenessP50Ms", millis(now.lateness().p50()))
                .addKeyValue("latenessP99Ms", millis(now.lateness().p99()))
                .addKeyValue("latenessMaxMs", millis(now.lateness().max())).addKeyValue("config", file.revision())
                .addKeyValue("configSince", file.since()).addKeyValue("configReloads", file.reloads())
                .addKeyValue("configRefusals", file.refusals())
                .addKeyValue("configRefusedAt", refusal == null ? "never" : refusal.at())
                .addKeyValue("openFiles", files.open()).addKeyValue("openFilesLimit", files.limit())
                .log("agent status");
        warnOfFiles(now.targets());
    }

    /** A connection is kept open to each target. */
    private void warnOfFiles(int targets) {
        if (targets + OpenFiles.OTHERS > files.limit()) {
            LOG.atWarn().addKeyValue("targets", targets).addKeyValue("openFilesLimit", files.limit())
                    .addKeyValue("needed", targets + OpenFiles.OTHERS)
                    .log("agent may not open enough files for its targets: raise its limit (ulimit -Hn, LimitNOFILE) "
                            + "or start another agent of this vantage");
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /** At most once for each registry. */
    void measuredBy(MeterRegistry registry) {
        gauge(registry, "targets", "Nodes and clusters that this agent probes now", AgentStatus::targets);
        gauge(registry, "shares", "Shares of its vantage's targets, of 12, that are this agent's", AgentStatus::shares);
        counter(registry, "probes", "Probes made", AgentStatus::probes);
        counter(registry, "failures", "Probes that found a node failing, or a cluster not in order",
                AgentStatus::failures);
        counter(registry, "results.sent", "Results that Kafka acknowledged", AgentStatus::sent);
        counter(registry, "results.dropped", "Results given up: too old, or no room", AgentStatus::dropped);
        counter(registry, "results.undelivered", "Results that Kafka did not take", AgentStatus::undelivered);
        counter(registry, "skipped",
                "Probe times passed over: the probe before still ran, or the agent stood still or could not ask",
                AgentStatus::skipped);
        Gauge.builder("evenkeel.agent.open.files", files, OpenFiles::open)
                .description("Files and connections that the process has open").strongReference(true)
                .register(registry);
        Gauge.builder("evenkeel.agent.open.files.limit", files, OpenFiles::limit)
                .description("How many it may have open").strongReference(true).register(registry);
        lateness(registry, "0.5", status -> seconds(status.lateness().p50()));
        lateness(registry, "0.99", status -> seconds(status.lateness().p99()));
        lateness(registry, "1", status -> seconds(status.lateness().max()));
        config(registry);
    }

    private void config(MeterRegistry registry) {
        FunctionCounter.builder("evenkeel.agent.config.reloads", config, from -> from.get().reloads())
                .description("Configuration files put in force without a restart").register(registry);
        FunctionCounter.builder("evenkeel.agent.config.refusals", config, from -> from.get().refusals())
                .description("Changed configuration files that were refused").register(registry);
        Gauge.builder("evenkeel.agent.config.since", config, from -> from.get().since().toEpochMilli() / 1e3)
                .description("When the configuration in force was put in force, since the epoch").baseUnit("seconds")
                .strongReference(true).register(registry);
        Gauge.builder("evenkeel.agent.config.revision", config, from -> Long.parseLong(from.get().revision(), 16))
                .description("Revision of the configuration in force, its 12 hex digits as a number")
                .strongReference(true).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<AgentStatus> value) {
        Gauge.builder("evenkeel.agent." + name, agent, from -> value.applyAsDouble(from.get()))
                .description(description).strongReference(true).register(registry);
    }

    private void counter(MeterRegistry registry, String name, String description,
            ToDoubleFunction<AgentStatus> value) {
        FunctionCounter.builder("evenkeel.agent." + name, agent, from -> value.applyAsDouble(from.get()))
                .description(description).register(registry);
    }

    private void lateness(MeterRegistry registry, String quantile, ToDoubleFunction<AgentStatus> value) {
        Gauge.builder("evenkeel.agent.lateness", agent, from -> value.applyAsDouble(from.get()))
                .description("How late probes began, over the last 1024").baseUnit("seconds").tag("quantile", quantile)
                .strongReference(true).register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
