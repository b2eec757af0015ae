/**
 * What flows on Kafka and where: topics, keys, partitions, and the events that no rule of core needs. The only module
 * that knows Avro; its generated classes stay inside.
 */
@NullMarked
package io.evenkeel.events;

import org.jspecify.annotations.NullMarked;
