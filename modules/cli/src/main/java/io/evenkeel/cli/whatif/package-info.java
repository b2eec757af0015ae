/** What would be done, and what would stop it: asked before anything happens. */
@NullMarked
package io.evenkeel.cli.whatif;

import org.jspecify.annotations.NullMarked;
