/** The past once more: records of HEALTH's topics through the same rules, to explain a state or to try a policy. */
@NullMarked
package io.evenkeel.topology.replay;

import org.jspecify.annotations.NullMarked;
