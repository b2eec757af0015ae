/** events. */
@NullMarked
package io.evenkeel.events;

import org.jspecify.annotations.NullMarked;
