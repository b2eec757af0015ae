/** When what a topology has written is committed: at once, and in a storm for many at a time. */
@NullMarked
package io.evenkeel.topology.commit;

import org.jspecify.annotations.NullMarked;
