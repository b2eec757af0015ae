/** What a notification says to people and to programs: pure rendering, shared by all channels. */
@NullMarked
package io.evenkeel.channels.content;

import org.jspecify.annotations.NullMarked;
