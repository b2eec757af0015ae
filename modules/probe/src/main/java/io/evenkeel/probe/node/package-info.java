/** Whether one node answers for itself. */
@NullMarked
package io.evenkeel.probe.node;

import org.jspecify.annotations.NullMarked;
