/** Code that the documentation shows word for word. */
@NullMarked
package io.evenkeel.cli.examples;

import org.jspecify.annotations.NullMarked;
