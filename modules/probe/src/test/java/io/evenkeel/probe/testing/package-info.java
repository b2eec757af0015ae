/** Servers that really behave as badly as nodes do. */
@NullMarked
package io.evenkeel.probe.testing;

import org.jspecify.annotations.NullMarked;
