/** Whom to tell: where alerts would go, and whether channels work. */
@NullMarked
package io.evenkeel.cli.alerts;

import org.jspecify.annotations.NullMarked;
