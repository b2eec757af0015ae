/** From bytes to events: poison goes to the dead letters in the task's transaction, an outage waits. */
@NullMarked
package io.evenkeel.topology.decode;

import org.jspecify.annotations.NullMarked;
