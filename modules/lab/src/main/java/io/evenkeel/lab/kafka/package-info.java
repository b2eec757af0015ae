/** A real Kafka broker with its own KRaft controller as a process of the lab. */
@NullMarked
package io.evenkeel.lab.kafka;

import org.jspecify.annotations.NullMarked;
