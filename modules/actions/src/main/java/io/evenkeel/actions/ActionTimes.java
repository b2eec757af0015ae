package io.evenkeel.actions;

import java.time.Duration;

/**
 * How long things may take. A claim's lease must outlast its calls: no call begins that could end after the lease.
 *
 * @param lease time that a claim gives its owner before another may act; default 60 s
 * @param callTimeout the longest that one call to AWS takes, retries of the SDK included, and the longest that the look
 *     takes before it; default 10 s, at most a third of the lease: a read, a look and a call
 * @param verifyWithin how long an accepted change may take to show (Route 53: "generally within 60 seconds"); only reads
 *     are done in it, so it may outlast the lease; default 90 s
 * @param stopWithin how long a stopping process waits for actions in flight; default 15 s
 */
public record ActionTimes(Duration lease, Duration callTimeout, Duration verifyWithin, Duration stopWithin) {

    public static final ActionTimes DEFAULT = new ActionTimes(Duration.ofSeconds(60), Duration.ofSeconds(10),
            Duration.ofSeconds(90), Duration.ofSeconds(15));

    public ActionTimes {
        if (!fits(lease, callTimeout)) {
            throw new IllegalArgumentException(
                    "actions.callTimeout must be over 0 and at most a third of actions.lease (" + lease + "), was "
                            + callTimeout);
        }
        if (verifyWithin.isNegative() || stopWithin.isNegative()) {
            throw new IllegalArgumentException("actions.verifyWithin and actions.stopWithin must not be negative");
        }
    }

    /** Whether a lease outlasts a read, a look and a call. */
    public static boolean fits(Duration lease, Duration callTimeout) {
        return callTimeout.isPositive() && callTimeout.multipliedBy(3).compareTo(lease) <= 0;
    }

    /** A call may begin until this long after the claim: ticks, which others measure the lease by, lag by up to 2 s. */
    Duration lastCallBegins() {
        return lease.minus(callTimeout).minus(LiveGates.MAX_TICK_AGE);
    }
}
