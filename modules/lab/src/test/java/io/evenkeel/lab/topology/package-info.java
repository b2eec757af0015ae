/** Tests of single Streams applications on a real broker; the test plays the others. */
@NullMarked
package io.evenkeel.lab.topology;

import org.jspecify.annotations.NullMarked;
