/** Dead-man's switches. */
@NullMarked
package io.evenkeel.channels.heartbeat;

import org.jspecify.annotations.NullMarked;
