/**
 * What is up and what is down: probe results and time go in, transitions of nodes and clusters come out. Pure functions
 * of (state, policy, input, now); {@link io.evenkeel.core.health.HealthRules} is the entry.
 */
@NullMarked
package io.evenkeel.core.health;

import org.jspecify.annotations.NullMarked;
