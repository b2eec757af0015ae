/** The simulated world and the truth about it: virtual time, chance, clusters, the network between, AWS. */
@NullMarked
package io.evenkeel.drills.simulator.world;

import org.jspecify.annotations.NullMarked;
