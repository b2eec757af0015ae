package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import java.time.Instant;

/**
 * A vantage went from one state to another, as one cluster knows it. Version as in {@link NodeTransition}.
 *
 * @param at append time of the record that caused it
 * @param reason one line for people
 */
public record VantageTransition(ClusterId cluster, Vantage vantage, VantageState from, VantageState to, Instant at,
        long version, long previousVersion, String reason, String policyRevision) {}
