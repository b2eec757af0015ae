/** What an agent reads of a cluster besides probes, for the gates of DECISION. */
@NullMarked
package io.evenkeel.probe.facts;

import org.jspecify.annotations.NullMarked;
