/**
 * The deterministic simulator: the rules of core in a world of faults, hours in seconds, all from one seed.
 * {@link io.evenkeel.drills.simulator.Simulation} is the entry; docs/simulator.md says what is modelled.
 */
@NullMarked
package io.evenkeel.drills.simulator;

import org.jspecify.annotations.NullMarked;
