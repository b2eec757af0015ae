/** What people say: standing orders, and their word about one incident. */
@NullMarked
package io.evenkeel.cli.intents;

import org.jspecify.annotations.NullMarked;
