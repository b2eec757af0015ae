/** What can be done about a failure, as commands, and what came of it. */
@NullMarked
package io.evenkeel.core.action;

import org.jspecify.annotations.NullMarked;
