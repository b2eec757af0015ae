/** All numbers that rules decide by, as one value with a revision. */
@NullMarked
package io.evenkeel.core.policy;

import org.jspecify.annotations.NullMarked;
