/** The ten rules of the design as invariants over all that happens in a simulation. */
@NullMarked
package io.evenkeel.drills.simulator.rule;

import org.jspecify.annotations.NullMarked;
