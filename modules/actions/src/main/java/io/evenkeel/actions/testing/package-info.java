/** In-memory stand-ins for the ports of {@code actions}, for tests of this and other modules. */
@NullMarked
package io.evenkeel.actions.testing;

import org.jspecify.annotations.NullMarked;
