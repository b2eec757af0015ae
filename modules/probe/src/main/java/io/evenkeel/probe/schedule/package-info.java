/** When to probe, and how results leave the agent without ever holding up a probe. */
@NullMarked
package io.evenkeel.probe.schedule;

import org.jspecify.annotations.NullMarked;
