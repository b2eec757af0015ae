/** Which policy holds: published as a record, named by ticks, kept with the state that was judged by it. */
@NullMarked
package io.evenkeel.topology.policy;

import org.jspecify.annotations.NullMarked;
