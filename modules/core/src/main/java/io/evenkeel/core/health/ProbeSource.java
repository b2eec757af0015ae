package io.evenkeel.core.health;

/**
 * Who looked.
 *
 * @param vantage name of the vantage, the unit that votes
 * @param zone the vantage's zone
 * @param agent the process, {@code host/pid} or as configured; for people, not for votes
 * @param bootId new at every start of the agent; with {@code counter} it tells duplicates and late results
 * @param counter counts up within a boot id, per target, from 1
 * @param doubt why the agent does not trust its own failures now, such as {@code 40 of 40 unrelated targets fail};
 *     empty when it does
 */
public record ProbeSource(String vantage, String zone, String agent, String bootId, long counter, String doubt) {

    /** An agent that trusts itself. */
    public ProbeSource(String vantage, String zone, String agent, String bootId, long counter) {
        this(vantage, zone, agent, bootId, counter, "");
    }
}
