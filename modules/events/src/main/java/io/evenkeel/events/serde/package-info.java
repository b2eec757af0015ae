/** Domain objects to bytes and back: codecs over an Avro serializer whose class is a setting. */
@NullMarked
package io.evenkeel.events.serde;

import org.jspecify.annotations.NullMarked;
