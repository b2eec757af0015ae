/** Whether the agent may trust what it sees: its own network, its own pauses. */
@NullMarked
package io.evenkeel.probe.doubt;

import org.jspecify.annotations.NullMarked;
