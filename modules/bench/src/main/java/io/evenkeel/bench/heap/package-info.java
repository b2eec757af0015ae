/** Benches that need no broker: the rules and the decoding, in this process's own heap. */
@NullMarked
package io.evenkeel.bench.heap;

import org.jspecify.annotations.NullMarked;
