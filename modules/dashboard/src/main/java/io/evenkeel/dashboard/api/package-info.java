/** The HTTP API: what fires, and what people say about it. Knows no Kafka: it asks and writes through ports. */
@NullMarked
package io.evenkeel.dashboard.api;

import org.jspecify.annotations.NullMarked;
