/** DECISION: everything that matters in one order in, decisions and requests out. */
@NullMarked
package io.evenkeel.topology.decision;

import org.jspecify.annotations.NullMarked;
