package io.evenkeel.probe;

import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.probe.node.Baselines;
import io.evenkeel.probe.schedule.ResultOutbox;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times probes, numbers their results, and puts them into the outbox. */
final class Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final Vantage vantage;
    private final String agent;
    private final String bootId = UUID.randomUUID().toString();
    private final ResultOutbox outbox;
    // Kept for targets that are gone: one that comes back must go on counting within this boot id.
    private final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
    private final Baselines baselines = new Baselines();
    private final AtomicLong probes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    Reporter(Vantage vantage, String agent, ResultOutbox outbox) {
        this.vantage = vantage;
        this.agent = agent;
        this.outbox = outbox;
    }

    String bootId() {
        return bootId;
    }

    long probes() {
        return probes.get();
    }

    long failures() {
        return failures.get();
    }

    /**
     * @param late how late the probe begins
     * @return what is reported
     */
    Outcome node(NodeTarget target, Duration interval, Duration late, Supplier<Outcome> probe) {
        long began = System.nanoTime();
        var found = probe.get();
        long verdict = System.nanoTime();
        var outcome = baselines.judged(target, found, Duration.ofNanos(verdict - began), verdict);
        boolean healthy = outcome instanceof Outcome.Success;
        var source = count(target.node().toString(), healthy);
        LOG.atDebug().setMessage("node probed").addKeyValue("node", target.node()).addKeyValue("outcome", outcome)
                .log();
        outbox.offer(verdict, age -> new NodeProbed(target.node(), target.incarnation(), source, Purpose.SCHEDULED,
                outcome, new Timing(Duration.ofNanos(verdict - began), age, interval, late)));
        return outcome;
    }

    /** @param late how late the probe begins */
    void cluster(ClusterSettings cluster, Duration late, Supplier<ClusterView> probe) {
        long began = System.nanoTime();
        var view = probe.get();
        long verdict = System.nanoTime();
        var source = count(cluster.cluster().value(), view.fine());
        LOG.atDebug().setMessage("cluster probed").addKeyValue("cluster", cluster.cluster()).addKeyValue("view", view)
                .log();
        outbox.offer(verdict, age -> new ClusterProbed(cluster.cluster(), source, view,
                new Timing(Duration.ofNanos(verdict - began), age, cluster.interval(), late)));
    }

    private ProbeSource count(String target, boolean healthy) {
        probes.incrementAndGet();
        if (!healthy) {
            failures.incrementAndGet();
        }
        long counter = counters.computeIfAbsent(target, _ -> new AtomicLong()).incrementAndGet();
        return new ProbeSource(vantage.name(), vantage.zone(), agent, bootId, counter);
    }
}
