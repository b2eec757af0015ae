/** Running a topology: properties, ticks, and what happens when it fails. */
@NullMarked
package io.evenkeel.topology.run;

import org.jspecify.annotations.NullMarked;
