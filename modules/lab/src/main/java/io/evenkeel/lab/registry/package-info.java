/** A schema registry with Confluent's REST API, for Avro. */
@NullMarked
package io.evenkeel.lab.registry;

import org.jspecify.annotations.NullMarked;
