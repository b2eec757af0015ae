/** How Evenkeel uses Kafka's own clients: settings, topics at start, sending without loss, reading tables, dead letters, loops. */
@NullMarked
package io.evenkeel.events.kafka;

import org.jspecify.annotations.NullMarked;
