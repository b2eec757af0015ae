package io.evenkeel.probe.doubt;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether an agent's failures are its own. When all that it looks at fails at once, and at least {@value #AT_LEAST} of that
 * is unrelated to the target in question (of other clusters, or a reference), then it is rather the agent that is cut off.
 * One answer of anybody ends the doubt. For many threads.
 */
public final class SelfDoubt {

    /** One target is no proof: it may really be dead. */
    public static final int AT_LEAST = 2;

    /** Group of what belongs to no cluster. No cluster can be called so. */
    public static final String REFERENCES = "";

    /** A target that was not looked at for this many intervals is looked at no more. */
    private static final int INTERVALS = 3;

    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Newest(String group, boolean failing, long validUntil) {}

    /** How many there are of a group, and how many of these fail. */
    private record Count(int targets, int failing) {
        Count plus(Newest newest, int sign) {
            return new Count(targets + sign, failing + (newest.failing() ? sign : 0));
        }
    }

    private static final Count NONE = new Count(0, 0);

    private final Map<String, Newest> targets = new HashMap<>();
    private final Map<String, Count> groups = new HashMap<>();
    private Count all = NONE;
    private long sweptAt;

    /** @param now monotonic, as of all times here */
    public SelfDoubt(long now) {
        this.sweptAt = now;
    }

    /**
     * A target was looked at.
     *
     * @param group its cluster's id, or {@link #REFERENCES}
     * @param failing whether it showed no sign of life
     * @param interval until it is looked at again
     */
    public synchronized void seen(String target, String group, boolean failing, Duration interval, long now) {
        var newest = new Newest(group, failing, now + INTERVALS * interval.toNanos());
        var before = targets.put(target, newest);
        if (before != null) {
            count(before, -1);
        }
        count(newest, 1);
        sweep(now);
    }

    /** Why failures of a cluster's targets are doubted now; empty when they are not. */
    public synchronized String of(String cluster) {
        int unrelated = all.targets() - groups.getOrDefault(cluster, NONE).targets();
        return all.failing() == all.targets() && unrelated >= AT_LEAST
                ? unrelated + " of " + unrelated + " unrelated targets fail"
                : "";
    }

    private void count(Newest newest, int sign) {
        groups.put(newest.group(), groups.getOrDefault(newest.group(), NONE).plus(newest, sign));
        all = all.plus(newest, sign);
    }

    /** Targets come and go; nobody has to say so. */
    private void sweep(long now) {
        if (now - sweptAt < SWEEP_NANOS) {
            return;
        }
        sweptAt = now;
        targets.values().removeIf(newest -> {
            boolean old = now - newest.validUntil() > 0;
            if (old) {
                count(newest, -1);
            }
            return old;
        });
    }
}
