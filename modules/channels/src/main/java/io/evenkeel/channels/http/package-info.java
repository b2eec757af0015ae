/** One way to post over HTTP for all channels: bounded in time and size, and silent about secrets. */
@NullMarked
package io.evenkeel.channels.http;

import org.jspecify.annotations.NullMarked;
