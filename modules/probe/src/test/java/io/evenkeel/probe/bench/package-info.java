/** Measurements, run by hand; nothing here is a test. */
@NullMarked
package io.evenkeel.probe.bench;

import org.jspecify.annotations.NullMarked;
