/** The one executable and the only composition root: here the parts are put together, and nowhere else. */
@NullMarked
package io.evenkeel.cli;

import org.jspecify.annotations.NullMarked;
