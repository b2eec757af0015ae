/**
 * What is up and what is down: probe results and time go in, transitions of nodes and clusters come out. No clock,
 * no I/O: the same inputs give the same outputs; {@link io.evenkeel.core.health.ClusterHealth} is the entry.
 */
@NullMarked
package io.evenkeel.core.health;

import org.jspecify.annotations.NullMarked;
