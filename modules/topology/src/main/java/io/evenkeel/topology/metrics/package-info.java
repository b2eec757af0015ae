/** What the topologies count and measure; rules and state never read it. */
@NullMarked
package io.evenkeel.topology.metrics;

import org.jspecify.annotations.NullMarked;
