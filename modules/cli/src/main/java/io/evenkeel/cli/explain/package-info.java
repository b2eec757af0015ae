/** Why something is as it is, and what another policy would have made of it. */
@NullMarked
package io.evenkeel.cli.explain;

import org.jspecify.annotations.NullMarked;
