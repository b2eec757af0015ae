/** Domain objects to generated Avro records and back, one small class for each family of events. */
@NullMarked
package io.evenkeel.events.codec;

import org.jspecify.annotations.NullMarked;
