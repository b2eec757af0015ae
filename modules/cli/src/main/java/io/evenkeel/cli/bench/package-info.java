/** {@code evenkeel bench}: what Evenkeel reaches on this machine, beside a reference. */
@NullMarked
package io.evenkeel.cli.bench;

import org.jspecify.annotations.NullMarked;
