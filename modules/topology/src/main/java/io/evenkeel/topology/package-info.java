/** topology. */
@NullMarked
package io.evenkeel.topology;

import org.jspecify.annotations.NullMarked;
