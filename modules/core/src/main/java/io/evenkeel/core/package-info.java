/** core. */
@NullMarked
package io.evenkeel.core;

import org.jspecify.annotations.NullMarked;
