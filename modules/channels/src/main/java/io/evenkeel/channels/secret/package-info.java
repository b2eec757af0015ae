/** Where keys, tokens and secret addresses come from. */
@NullMarked
package io.evenkeel.channels.secret;

import org.jspecify.annotations.NullMarked;
