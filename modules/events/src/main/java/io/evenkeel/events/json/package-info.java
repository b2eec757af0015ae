/** Events and what is made of them as JSON, for people and programs that read no Avro. */
@NullMarked
package io.evenkeel.events.json;

import org.jspecify.annotations.NullMarked;
