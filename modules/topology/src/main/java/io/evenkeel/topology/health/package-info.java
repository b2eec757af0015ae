/** HEALTH: probe results and targets in, transitions and states out. */
@NullMarked
package io.evenkeel.topology.health;

import org.jspecify.annotations.NullMarked;
