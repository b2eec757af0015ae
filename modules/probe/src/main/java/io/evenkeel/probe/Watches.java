package io.evenkeel.probe;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.TargetBook;
import io.evenkeel.probe.schedule.ProbeSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is probed: the targets of the configured clusters that fall to this agent's shares. Each of the three may change
 * at any time, and touches only what it changes. For many threads.
 */
final class Watches implements AutoCloseable {

    /** Of a share that is taken over, each target is probed within this: the dead one's targets have waited long enough. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(5);

    /** More than usually begin, so that half of 20,000 targets are taken over within 15 s, the group's 6 s included. */
    private static final int TAKEN_OVER_PER_SECOND = 1_250;

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final AutoScalingGroups groups;
    private final AgentBus bus;
    private final ProbeSchedule schedule;
    private final Reporter reporter;
    private final TargetBook book = new TargetBook();
    private final Map<String, ClusterWatch> watches = new HashMap<>();
    private volatile Shares shares = Shares.NONE;
    private volatile Duration discoveryInterval = AgentSettings.DISCOVERY_INTERVAL;
    private boolean hadShares;

    Watches(AutoScalingGroups groups, AgentBus bus, ProbeSchedule schedule, Reporter reporter) {
        this.groups = groups;
        this.bus = bus;
        this.schedule = schedule;
        this.reporter = reporter;
    }

    TargetBook book() {
        return book;
    }

    Shares shares() {
        return shares;
    }

    /** Connections that are kept to nodes until their next probes. */
    synchronized int kept() {
        return watches.values().stream().mapToInt(ClusterWatch::kept).sum();
    }

    /**
     * Watches these clusters from now on; those that did not change are not disturbed.
     *
     * @throws IllegalArgumentException when a CA file can't be used; nothing has changed then
     */
    synchronized void configure(List<ClusterSettings> clusters, Duration discovery) {
        var fresh = new ArrayList<ClusterWatch>();
        try {
            for (var settings : clusters) {
                var present = watches.get(settings.cluster().value());
                if (present == null || !present.settings().equals(settings)) {
                    fresh.add(watch(settings));
                }
            }
        } catch (IllegalArgumentException e) {
            fresh.forEach(ClusterWatch::close);
            throw e;
        }
        discoveryInterval = discovery;
        var wanted = clusters.stream().map(ClusterSettings::cluster).map(ClusterId::value).toList();
        for (var gone : List.copyOf(watches.keySet())) {
            if (!wanted.contains(gone)) {
                end(gone);
            }
        }
        fresh.forEach(this::begin);
    }

    private ClusterWatch watch(ClusterSettings settings) {
        return new ClusterWatch(settings, groups, book, bus, schedule, reporter, new ClusterWatch.Turns(
                () -> shares.hold(settings.cluster().value()), () -> discoveryInterval));
    }

    private void begin(ClusterWatch watch) {
        var settings = watch.settings();
        var before = watches.put(settings.cluster().value(), watch);
        book.forEach(settings.cluster(), (key, value) -> {
            if (shares.hold(key)) {
                watch.changed(key, value);
            }
        });
        if (before != null) {
            before.retire();
        }
        watch.start();
    }

    private void end(String cluster) {
        var watch = watches.remove(cluster);
        if (watch != null) {
            book.forEach(watch.settings().cluster(), (key, _) -> schedule.remove(key));
            watch.retire();
        }
    }

    /** A record of {@code targets}. */
    synchronized void targetChanged(String key, @Nullable Object value, Instant appendedAt) {
        var kept = book.changed(key, value, appendedAt);
        var watch = watches.get(TargetBook.clusterOf(key));
        if (watch != null && shares.hold(key)) {
            watch.changed(key, kept);
        }
    }

    /** All shares from now on: what is gone is not probed any more, what is new is. */
    synchronized void sharesChanged(Shares now) {
        var before = shares;
        if (now.equals(before)) {
            return;
        }
        shares = now;
        var within = takeOver(gained(before, now));
        for (var watch : watches.values()) {
            book.forEach(watch.settings().cluster(), (key, value) -> {
                if (before.hold(key) && !now.hold(key)) {
                    watch.changed(key, null);
                } else if (now.hold(key) && !before.hold(key) && hadShares) {
                    watch.takenOver(key, value, within);
                } else if (now.hold(key) && !before.hold(key)) {
                    watch.changed(key, value);
                }
            });
            watch.wake();
        }
        hadShares = true;
        LOG.atInfo().setMessage("shares changed").addKeyValue("shares", now.numbers().stream().sorted().toList())
                .addKeyValue("of", Shares.COUNT).addKeyValue("targets", schedule.size()).log();
    }

    private static Duration takeOver(int targets) {
        var paced = Duration.ofMillis(targets * 1000L / TAKEN_OVER_PER_SECOND);
        return paced.compareTo(TAKE_OVER) > 0 ? paced : TAKE_OVER;
    }

    private int gained(Shares before, Shares now) {
        var gained = new AtomicInteger();
        for (var watch : watches.values()) {
            book.forEach(watch.settings().cluster(), (key, _) -> {
                if (now.hold(key) && !before.hold(key)) {
                    gained.incrementAndGet();
                }
            });
        }
        return gained.get();
    }

    @Override
    public synchronized void close() {
        watches.values().forEach(ClusterWatch::close);
    }
}
