/** Standing orders by people: hold and release. */
@NullMarked
package io.evenkeel.cli.intents;

import org.jspecify.annotations.NullMarked;
