/** How state survives: JSON in changelogged stores, a mirror of it in memory. */
@NullMarked
package io.evenkeel.topology.state;

import org.jspecify.annotations.NullMarked;
