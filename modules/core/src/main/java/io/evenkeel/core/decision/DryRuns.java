package io.evenkeel.core.decision;

import java.time.Instant;

/**
 * How often an action would have been done in a cluster or for a service, had it been armed.
 *
 * @param times incidents
 * @param since the first; {@link Instant#EPOCH} when there was none
 * @param newest incident
 */
public record DryRuns(int times, Instant since, String newest) {

    static final DryRuns NONE = new DryRuns(0, Instant.EPOCH, "");

    /** Counts an incident once. */
    DryRuns including(Fault fault, Instant now) {
        return fault.wouldHaveActed()
                ? this
                : new DryRuns(times + 1, times == 0 ? now : since, fault.incident());
    }
}
