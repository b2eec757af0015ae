/** What is expected to be there: finding nodes and instances, and keeping the topic {@code targets}. */
@NullMarked
package io.evenkeel.probe.discovery;

import org.jspecify.annotations.NullMarked;
