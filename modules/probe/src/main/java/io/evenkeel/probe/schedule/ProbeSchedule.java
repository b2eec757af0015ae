package io.evenkeel.probe.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each target's probe at a fixed rate. Starts are spread over the interval by a hash of target and vantage, so that
 * neither all targets nor all vantages ask at once, and of very many new targets so many begin in a second. Probes of one
 * target never overlap: a time that comes while one is running is skipped and counted. For many threads.
 */
public final class ProbeSchedule implements AutoCloseable {

    /** An agent's code starts slow, and the other side's may, too. */
    static final int BEGUN_PER_SECOND = 500;

    /** A TLS handshake takes 3 ms of a core at first, and 10 ms in code that is not compiled yet: 100 begin in a second. */
    public static final int HANDSHAKE = 5;

    private static final Logger LOG = LoggerFactory.getLogger(ProbeSchedule.class);
    private static final long TELLS_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long NANOS_TO_BEGIN = Duration.ofSeconds(1).dividedBy(BEGUN_PER_SECOND).toNanos();

    private final String vantage;
    private final Pace pace;
    private final @Nullable SystemPace owned;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong ownFaults = new AtomicLong();
    private final AtomicLong tellsAt;
    private final LatenessWindow lateness = new LatenessWindow();
    /** When the next new target may begin, if not earlier. */
    private long nextBegins;

    private static final class Entry {
        private final String target;
        private final long intervalNanos;
        private volatile Consumer<Duration> probe;
        private volatile boolean cancelled;
        /** Added once to the way from the first probe to the second. */
        private long shiftNanos;

        private Entry(String target, long intervalNanos, Consumer<Duration> probe) {
            this.target = target;
            this.intervalNanos = intervalNanos;
            this.probe = probe;
        }
    }

    /** On the machine's own time. */
    public static ProbeSchedule start(String vantage) {
        var pace = new SystemPace();
        return new ProbeSchedule(vantage, pace, pace);
    }

    ProbeSchedule(String vantage, Pace pace) {
        this(vantage, pace, null);
    }

    private ProbeSchedule(String vantage, Pace pace, @Nullable SystemPace owned) {
        this.vantage = vantage;
        this.pace = pace;
        this.owned = owned;
        nextBegins = pace.nanoTime();
        tellsAt = new AtomicLong(nextBegins);
    }

    /** As below, with a first probe that costs no more than the others. */
    public void put(String target, Duration interval, Consumer<Duration> probe) {
        put(target, interval, 1, probe);
    }

    /**
     * Begins to probe a target, or goes on with another probe at the same times. The first is within an interval, or when
     * its turn comes among more new targets than may begin in that time.
     *
     * @param cost of the first probe, as that of so many; {@link #HANDSHAKE}
     * @param probe given how late it begins, zero when in time
     */
    public synchronized void put(String target, Duration interval, int cost, Consumer<Duration> probe) {
        if (goesOn(target, interval, probe)) {
            return;
        }
        long now = pace.nanoTime();
        long turn = Math.max(nextBegins, now);
        nextBegins = turn + cost * NANOS_TO_BEGIN;
        var fresh = fresh(target, interval, probe);
        if (turn - now <= fresh.intervalNanos) {
            next(fresh, now + spread(target, fresh.intervalNanos));
        } else {
            fresh.shiftNanos = shift(fresh);
            next(fresh, turn);
        }
    }

    /**
     * The same with the first probe sooner. The second follows after half an interval to one and a half, so that the probes
     * are spread over the interval all the same.
     *
     * @param within from now to the first probe; of no effect for a target that is probed already
     */
    public synchronized void putSoon(String target, Duration interval, Duration within, Consumer<Duration> probe) {
        if (!goesOn(target, interval, probe)) {
            var fresh = fresh(target, interval, probe);
            fresh.shiftNanos = shift(fresh);
            next(fresh, pace.nanoTime() + spread(target, within.toNanos()));
        }
    }

    private boolean goesOn(String target, Duration interval, Consumer<Duration> probe) {
        var entry = entries.get(target);
        if (entry == null || entry.intervalNanos != interval.toNanos()) {
            return false;
        }
        entry.probe = probe;
        return true;
    }

    private Entry fresh(String target, Duration interval, Consumer<Duration> probe) {
        remove(target);
        var fresh = new Entry(target, interval.toNanos(), probe);
        entries.put(target, fresh);
        return fresh;
    }

    private long shift(Entry entry) {
        return spread(entry.target, entry.intervalNanos) - entry.intervalNanos / 2;
    }

    /** Ends it; a probe that is running now ends by itself. */
    public synchronized void remove(String target) {
        var entry = entries.remove(target);
        if (entry != null) {
            entry.cancelled = true;
        }
    }

    public Set<String> targets() {
        return Set.copyOf(entries.keySet());
    }

    /** How many targets. */
    public int size() {
        return entries.size();
    }

    /** Times that passed while the probe before still ran or the agent was stopped, or at which it could not ask. */
    public long skipped() {
        return skipped.get();
    }

    public Lateness lateness() {
        return lateness.now();
    }

    @Override
    public synchronized void close() {
        Set.copyOf(entries.keySet()).forEach(this::remove);
        if (owned != null) {
            owned.close();
        }
    }

    private long spread(String target, long intervalNanos) {
        int hash = Utils.toPositive(Utils.murmur2((vantage + '\n' + target).getBytes(UTF_8)));
        return (long) ((double) hash / Integer.MAX_VALUE * intervalNanos);
    }

    private void next(Entry entry, long due) {
        pace.at(due, () -> run(entry, due));
    }

    private void run(Entry entry, long due) {
        if (entry.cancelled) {
            return;
        }
        // An entry that was removed and put again may still be running from before.
        if (running.add(entry.target)) {
            long late = Math.max(0, pace.nanoTime() - due);
            lateness.add(late);
            try {
                entry.probe.accept(Duration.ofNanos(late));
            } catch (RuntimeException | Error e) {
                // Whatever it was, the target is probed again: nobody may fall silent for one bad answer.
                if (entry.cancelled) {
                    // Its connections were closed under it.
                    return;
                }
                ownFault(entry, e);
            } finally {
                running.remove(entry.target);
            }
        } else {
            skipped.incrementAndGet();
        }
        next(entry, following(entry, due));
    }

    /** One in a second is told: what ails the agent ails the probes of many targets. */
    private void ownFault(Entry entry, Throwable e) {
        long now = pace.nanoTime();
        long due = tellsAt.get();
        long faults = ownFaults.incrementAndGet();
        skipped.incrementAndGet();
        if (now - due >= 0 && tellsAt.compareAndSet(due, now + TELLS_EVERY_NANOS)) {
            LOG.atError().setMessage("probe failed by the agent's own fault").setCause(e)
                    .addKeyValue("target", entry.target).addKeyValue("inAll", faults).log();
        }
    }

    private long following(Entry entry, long due) {
        long next = due + entry.intervalNanos + entry.shiftNanos;
        entry.shiftNanos = 0;
        long behind = pace.nanoTime() - next;
        if (behind <= 0) {
            return next;
        }
        long missed = behind / entry.intervalNanos + 1;
        skipped.addAndGet(missed);
        return next + missed * entry.intervalNanos;
    }
}
