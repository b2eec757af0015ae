/** Delivery of notifications on a real broker and registry. */
@NullMarked
package io.evenkeel.lab.channels;

import org.jspecify.annotations.NullMarked;
