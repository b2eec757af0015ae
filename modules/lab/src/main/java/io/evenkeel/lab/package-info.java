/** lab. */
@NullMarked
package io.evenkeel.lab;

import org.jspecify.annotations.NullMarked;
