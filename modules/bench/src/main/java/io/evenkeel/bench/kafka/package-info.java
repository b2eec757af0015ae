/** Benches of the pipeline on a real broker that runs beside it. */
@NullMarked
package io.evenkeel.bench.kafka;

import org.jspecify.annotations.NullMarked;
