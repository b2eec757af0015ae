/** Tests of the events module's Kafka and registry parts against the real things. */
@NullMarked
package io.evenkeel.lab.events;

import org.jspecify.annotations.NullMarked;
