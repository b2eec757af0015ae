/** Times as people write and read them. */
@NullMarked
package io.evenkeel.core.time;

import org.jspecify.annotations.NullMarked;
