package io.evenkeel.core.health;

/**
 * Who looked.
 *
 * @param vantage name of the vantage, the unit that votes
 * @param zone the vantage's zone
 * @param agent the process, {@code host/pid} or as configured; for people, not for votes
 * @param bootId new at every start of the agent; with {@code counter} it tells duplicates and late results
 * @param counter counts up within a boot id, per target, from 1
 */
public record ProbeSource(String vantage, String zone, String agent, String bootId, long counter) {}
