/** actions. */
@NullMarked
package io.evenkeel.actions;

import org.jspecify.annotations.NullMarked;
