/** A receiver of one's own: JSON, signed. */
@NullMarked
package io.evenkeel.channels.webhook;

import org.jspecify.annotations.NullMarked;
