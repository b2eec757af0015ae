/** Confluent's wire format and registry protocol: Avro records to bytes and back, with schema ids from a registry. */
@NullMarked
package io.evenkeel.events.registry;

import org.jspecify.annotations.NullMarked;
