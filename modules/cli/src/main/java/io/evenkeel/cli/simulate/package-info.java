/** {@code evenkeel simulate}: the rules against worlds of faults. */
@NullMarked
package io.evenkeel.cli.simulate;

import org.jspecify.annotations.NullMarked;
