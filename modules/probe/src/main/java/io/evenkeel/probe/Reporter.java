package io.evenkeel.probe;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthDefaults;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.NodeReported;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.probe.doubt.Pauses;
import io.evenkeel.probe.doubt.SelfDoubt;
import io.evenkeel.probe.node.Baselines;
import io.evenkeel.probe.schedule.ResultOutbox;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times probes, numbers their results, and puts them into the outbox. */
final class Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    /** Failures that only a node which answers can have. */
    private static final Set<FailureReason> ANSWERS = EnumSet.of(FailureReason.DISK, FailureReason.SLOW,
            FailureReason.OVERLOADED);

    private static final long WITHOUT_DOUBT_NANOS = Duration.ofSeconds(5).toNanos();

    private final Vantage vantage;
    private final String agent;
    private final String bootId = UUID.randomUUID().toString();
    private final ResultOutbox outbox;
    private final SelfDoubt selfDoubt;
    private final Pauses pauses;
    private final AtomicBoolean doubting = new AtomicBoolean();
    private volatile long doubtedAt;
    // Kept for targets that are gone: one that comes back must go on counting within this boot id.
    private final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
    private final Object order = new Object();
    private final Baselines baselines = new Baselines();
    private final AtomicLong probes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    Reporter(Vantage vantage, String agent, ResultOutbox outbox, SelfDoubt selfDoubt, Pauses pauses) {
        this.vantage = vantage;
        this.agent = agent;
        this.outbox = outbox;
        this.selfDoubt = selfDoubt;
        this.pauses = pauses;
    }

    /** Name of the process, for people. */
    String agent() {
        return agent;
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
     * A probe's time.
     *
     * @param began monotonic
     * @param verdict monotonic
     * @param late by how much it began after its time
     */
    record Span(long began, long verdict, Duration late) {
        Duration latency() {
            return Duration.ofNanos(verdict - began);
        }

        Timing timing(Duration age, Duration interval) {
            return new Timing(latency(), age, interval, late);
        }
    }

    /**
     * @param late how late the probe begins
     * @return what is reported
     */
    Outcome node(NodeTarget target, ClusterSettings cluster, Purpose purpose, Duration late,
            Supplier<Outcome> probe) {
        long began = System.nanoTime();
        var found = probe.get();
        var span = new Span(began, System.nanoTime(), late);
        var stopped = pauses.within(span.began(), span.verdict());
        // A new connection takes longer than a kept one, so only scheduled probes are compared.
        var outcome = purpose == Purpose.SCHEDULED
                ? baselines.judged(target, found, span.latency().minus(stopped), span.verdict())
                : found;
        boolean healthy = outcome instanceof Outcome.Success;
        String key = target.node().toString();
        var pace = cluster.paceOf(target);
        seen(key, cluster, pace, !answered(outcome), span);
        LOG.atDebug().setMessage("node probed").addKeyValue("node", target.node()).addKeyValue("purpose", purpose)
                .addKeyValue("outcome", outcome).log();
        // A confirmation and a scheduled probe may end together: numbered, they must leave in the order of the numbers.
        synchronized (order) {
            var source = count(key, healthy, doubt(cluster, pace, healthy, stopped));
            outbox.offer(span.verdict(), age -> new NodeProbed(target.node(), target.incarnation(), source, purpose,
                    outcome, span.timing(age, pace.interval())));
        }
        return outcome;
    }

    /** @param late how late the probe begins */
    void cluster(ClusterSettings cluster, Duration late, Supplier<ClusterView> probe) {
        long began = System.nanoTime();
        var view = probe.get();
        var span = new Span(began, System.nanoTime(), late);
        var stopped = pauses.within(span.began(), span.verdict());
        String key = cluster.cluster().value();
        seen(key, cluster, cluster.pace(), view.nodesAnswered() == 0, span);
        var source = count(key, view.fine(), doubt(cluster, cluster.pace(), view.fine(), stopped));
        LOG.atDebug().setMessage("cluster probed").addKeyValue("cluster", cluster.cluster()).addKeyValue("view", view)
                .log();
        outbox.offer(span.verdict(), age -> new ClusterProbed(cluster.cluster(), source, view,
                span.timing(age, cluster.pace().interval())));
    }

    /** What the node on this host says. It counts up for itself: it is no probe of the target, and no vote. */
    void own(NodeTarget target, Outcome outcome, Duration interval, Span span) {
        var source = source("own report of " + target.node(), "");
        outbox.offer(span.verdict(), age -> new NodeReported(target.node(), target.incarnation(), source, outcome,
                span.timing(age, interval)));
    }

    /** Whether the node spoke for itself, whatever it said. */
    static boolean answered(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Success _ -> true;
            case Outcome.Failure(var reason, _) -> ANSWERS.contains(reason);
        };
    }

    private void seen(String target, ClusterSettings cluster, ProbePace pace, boolean failing, Span span) {
        selfDoubt.seen(target, cluster.cluster().value(), failing, pace.interval(), span.verdict());
    }

    /** A pause as long as the time-out can make a failure of its own, but no success. */
    private String doubt(ClusterSettings cluster, ProbePace pace, boolean fine, Duration stopped) {
        boolean shortTimeout = pace.timeout().compareTo(HealthDefaults.MAX_LATENESS) < 0;
        var bearable = !fine && shortTimeout ? pace.timeout() : HealthDefaults.MAX_LATENESS;
        if (stopped.compareTo(bearable) > 0) {
            return String.format(Locale.ROOT, "was stopped for %.1f s", stopped.toMillis() / 1000.0);
        }
        return fine ? "" : selfDoubt.of(cluster.cluster().value());
    }

    private ProbeSource count(String target, boolean healthy, String doubt) {
        probes.incrementAndGet();
        if (!healthy) {
            failures.incrementAndGet();
        }
        tell(healthy, doubt);
        return source(target, doubt);
    }

    /**
     * Of two clusters one may give reason for doubt and the other not, and of two probes one may have begun before a pause:
     * only what is healthy ends it, after a while without doubt.
     */
    private void tell(boolean healthy, String doubt) {
        if (!doubt.isEmpty()) {
            doubtedAt = System.nanoTime();
            if (doubting.compareAndSet(false, true)) {
                LOG.atWarn().setMessage("agent doubts itself").addKeyValue("doubt", doubt).log();
            }
        } else if (healthy && doubting.get() && System.nanoTime() - doubtedAt > WITHOUT_DOUBT_NANOS
                && doubting.compareAndSet(true, false)) {
            LOG.atInfo().setMessage("agent trusts itself again").log();
        }
    }

    private ProbeSource source(String target, String doubt) {
        long counter = counters.computeIfAbsent(target, _ -> new AtomicLong()).incrementAndGet();
        return new ProbeSource(vantage.name(), vantage.zone(), agent, bootId, counter, doubt);
    }
}
